# Every resource and data source of the AWS provider for user pools, in two stages: as created, and as changed.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

variable "endpoint" {
  type = string
}

variable "changed" {
  type    = bool
  default = false
}

locals {
  role = "arn:aws:iam::123456789012:role/cognito"
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  endpoints {
    cognitoidp = var.endpoint
  }
}

resource "aws_cognito_user_pool" "plain" {
  name = "plain"
  tags = var.changed ? { stage = "changed" } : { stage = "created", owner = "terraform" }
}

resource "aws_cognito_user_pool" "full" {
  name                     = "full"
  alias_attributes         = ["email", "preferred_username"]
  auto_verified_attributes = ["email"]
  deletion_protection      = "INACTIVE"
  mfa_configuration        = "OPTIONAL"
  user_pool_tier           = "PLUS"

  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = var.changed ? 2 : 1
    }
    recovery_mechanism {
      name     = "verified_phone_number"
      priority = var.changed ? 1 : 2
    }
  }
  admin_create_user_config {
    allow_admin_create_user_only = var.changed
    invite_message_template {
      email_subject = "Welcome"
      email_message = "You are {username}, with {####}"
      sms_message   = "You are {username}, with {####}"
    }
  }
  device_configuration {
    challenge_required_on_new_device      = true
    device_only_remembered_on_user_prompt = var.changed
  }
  email_configuration {
    email_sending_account  = "COGNITO_DEFAULT"
    reply_to_email_address = var.changed ? "changed@example.com" : "created@example.com"
  }
  password_policy {
    minimum_length                   = var.changed ? 14 : 10
    require_lowercase                = true
    require_numbers                  = true
    require_symbols                  = var.changed
    require_uppercase                = true
    temporary_password_validity_days = 3
    password_history_size            = 2
  }
  schema {
    name                = "department"
    attribute_data_type = "String"
    mutable             = true
    string_attribute_constraints {
      min_length = "1"
      max_length = "64"
    }
  }
  schema {
    name                = "floor"
    attribute_data_type = "Number"
    mutable             = true
    number_attribute_constraints {
      min_value = "0"
      max_value = "99"
    }
  }
  sms_configuration {
    external_id    = "martlet"
    sns_caller_arn = local.role
    sns_region     = "us-east-1"
  }
  software_token_mfa_configuration {
    enabled = true
  }
  user_attribute_update_settings {
    attributes_require_verification_before_update = ["email"]
  }
  user_pool_add_ons {
    advanced_security_mode = var.changed ? "ENFORCED" : "AUDIT"
  }
  username_configuration {
    case_sensitive = false
  }
  verification_message_template {
    default_email_option = "CONFIRM_WITH_CODE"
    email_subject        = var.changed ? "Changed" : "Created"
    email_message        = "Your code is {####}"
    sms_message          = "Your code is {####}"
  }
}

# Mail as a second factor and passkeys, which the other pool's aliases and threat protection have no part in.
resource "aws_cognito_user_pool" "passwordless" {
  name                = "passwordless"
  username_attributes = ["email"]
  mfa_configuration   = "OFF"

  email_configuration {
    email_sending_account = "DEVELOPER"
    from_email_address    = "Martlet <martlet@example.com>"
    source_arn            = "arn:aws:ses:us-east-1:123456789012:identity/example.com"
  }
  sign_in_policy {
    allowed_first_auth_factors = var.changed ? ["PASSWORD", "EMAIL_OTP"] : ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"]
  }
  web_authn_configuration {
    relying_party_id  = "auth.example.com"
    user_verification = var.changed ? "required" : "preferred"
  }
}

resource "aws_cognito_user_pool" "mail" {
  name              = "mail"
  mfa_configuration = var.changed ? "ON" : "OPTIONAL"
  account_recovery_setting {
    recovery_mechanism {
      name     = "admin_only"
      priority = 1
    }
  }
  email_configuration {
    email_sending_account = "DEVELOPER"
    source_arn            = "arn:aws:ses:us-east-1:123456789012:identity/martlet@example.com"
  }
  email_mfa_configuration {
    subject = var.changed ? "Changed" : "Created"
    message = "Your code is {####}"
  }
  software_token_mfa_configuration {
    enabled = true
  }
}

resource "aws_cognito_user_pool_client" "plain" {
  name         = "plain"
  user_pool_id = aws_cognito_user_pool.plain.id
}

resource "aws_cognito_user_pool_client" "full" {
  name                                 = var.changed ? "changed" : "full"
  user_pool_id                         = aws_cognito_user_pool.full.id
  access_token_validity                = var.changed ? 20 : 10
  id_token_validity                    = 1
  refresh_token_validity               = 7
  auth_session_validity                = 5
  allowed_oauth_flows                  = ["code", "implicit"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_scopes                 = concat(["openid", "email"], aws_cognito_resource_server.full.scope_identifiers)
  callback_urls                        = var.changed ? ["https://changed.example.com/in"] : ["https://example.com/in", "http://localhost:3000"]
  logout_urls                          = ["https://example.com/out"]
  default_redirect_uri                 = var.changed ? "https://changed.example.com/in" : "https://example.com/in"
  enable_token_revocation              = true
  explicit_auth_flows                  = ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH"]
  prevent_user_existence_errors        = "ENABLED"
  read_attributes                      = ["email", "name", "custom:department"]
  write_attributes                     = ["email", "name"]
  supported_identity_providers         = ["COGNITO", aws_cognito_identity_provider.oidc.provider_name]
  refresh_token_rotation {
    feature                    = "ENABLED"
    retry_grace_period_seconds = var.changed ? 0 : 10
  }
  token_validity_units {
    access_token  = "minutes"
    id_token      = "hours"
    refresh_token = "days"
  }
}

resource "aws_cognito_user_pool_client" "secret" {
  name                = "secret"
  user_pool_id        = aws_cognito_user_pool.full.id
  generate_secret     = true
  explicit_auth_flows = var.changed ? ["ALLOW_USER_SRP_AUTH"] : ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
}

# A client that something else made, and whose settings Terraform takes over.
resource "aws_cognito_managed_user_pool_client" "taken_over" {
  name_prefix           = aws_cognito_user_pool_client.plain.name
  user_pool_id          = aws_cognito_user_pool.plain.id
  explicit_auth_flows   = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH"]
  auth_session_validity = var.changed ? 15 : 4
}

resource "aws_cognito_resource_server" "full" {
  identifier   = "https://example.com/api"
  name         = var.changed ? "changed" : "api"
  user_pool_id = aws_cognito_user_pool.full.id
  scope {
    scope_name        = "read"
    scope_description = var.changed ? "Changed" : "Created"
  }
  scope {
    scope_name        = "write"
    scope_description = "Writes"
  }
}

resource "aws_cognito_identity_provider" "oidc" {
  user_pool_id  = aws_cognito_user_pool.full.id
  provider_name = "Partner"
  provider_type = "OIDC"
  provider_details = {
    client_id                     = var.changed ? "changed" : "created"
    client_secret                 = "partner secret"
    attributes_request_method     = "GET"
    oidc_issuer                   = "https://partner.example.com"
    authorize_scopes              = "openid email"
    authorize_url                 = "https://partner.example.com/authorize"
    token_url                     = "https://partner.example.com/token"
    attributes_url                = "https://partner.example.com/userinfo"
    jwks_uri                      = "https://partner.example.com/jwks"
    attributes_url_add_attributes = "false"
  }
  attribute_mapping = {
    username = "sub"
    email    = "email"
  }
  idp_identifiers = ["partner"]
}

resource "aws_cognito_identity_provider" "google" {
  user_pool_id  = aws_cognito_user_pool.full.id
  provider_name = "Google"
  provider_type = "Google"
  provider_details = {
    client_id                     = "google"
    client_secret                 = "google secret"
    authorize_scopes              = var.changed ? "openid email profile" : "openid email"
    attributes_url                = "https://people.googleapis.com/v1/people/me?personFields="
    attributes_url_add_attributes = "true"
    authorize_url                 = "https://accounts.google.com/o/oauth2/v2/auth"
    oidc_issuer                   = "https://accounts.google.com"
    token_request_method          = "POST"
    token_url                     = "https://www.googleapis.com/oauth2/v4/token"
  }
  attribute_mapping = {
    username = "sub"
    email    = "email"
  }
}

resource "aws_cognito_risk_configuration" "full" {
  user_pool_id = aws_cognito_user_pool.full.id
  compromised_credentials_risk_configuration {
    event_filter = ["SIGN_IN", "PASSWORD_CHANGE"]
    actions {
      event_action = var.changed ? "NO_ACTION" : "BLOCK"
    }
  }
  risk_exception_configuration {
    blocked_ip_range_list = ["10.10.10.10/32"]
    skipped_ip_range_list = ["10.20.0.0/16"]
  }
}

resource "aws_cognito_user" "full" {
  user_pool_id   = aws_cognito_user_pool.full.id
  username       = "ada"
  message_action = "SUPPRESS"
  password       = "Correct-Horse-7"
  enabled        = !var.changed
  attributes = {
    email          = "ada@example.com"
    email_verified = "true"
    department     = var.changed ? "changed" : "created"
  }
}

resource "aws_cognito_user_group" "full" {
  name         = "administrators"
  user_pool_id = aws_cognito_user_pool.full.id
  description  = var.changed ? "Changed" : "Created"
  precedence   = 3
  role_arn     = local.role
}

resource "aws_cognito_user_in_group" "full" {
  user_pool_id = aws_cognito_user_pool.full.id
  group_name   = aws_cognito_user_group.full.name
  username     = aws_cognito_user.full.username
}

resource "aws_cognito_user_pool_domain" "prefix" {
  domain                = "martlet"
  user_pool_id          = aws_cognito_user_pool.full.id
  managed_login_version = var.changed ? 2 : 1
}

resource "aws_cognito_user_pool_ui_customization" "full" {
  user_pool_id = aws_cognito_user_pool_domain.prefix.user_pool_id
  client_id    = aws_cognito_user_pool_client.full.id
  css          = var.changed ? ".banner-customizable { padding: 10px; }" : ".label-customizable { font-weight: 400; }"
}

data "aws_cognito_user_pool" "full" {
  user_pool_id = aws_cognito_user_pool.full.id
}

data "aws_cognito_user_pools" "named" {
  name = aws_cognito_user_pool.full.name
}

data "aws_cognito_user_pool_client" "full" {
  user_pool_id = aws_cognito_user_pool.full.id
  client_id    = aws_cognito_user_pool_client.full.id
}

data "aws_cognito_user_pool_clients" "full" {
  user_pool_id = aws_cognito_user_pool_client.full.user_pool_id
}

data "aws_cognito_user_pool_signing_certificate" "full" {
  user_pool_id = aws_cognito_user_pool.full.id
}

data "aws_cognito_user_group" "full" {
  user_pool_id = aws_cognito_user_pool.full.id
  name         = aws_cognito_user_group.full.name
}

data "aws_cognito_user_groups" "full" {
  user_pool_id = aws_cognito_user_group.full.user_pool_id
}
