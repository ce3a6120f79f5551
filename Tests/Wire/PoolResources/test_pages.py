"""Resource servers, a domain, branding and terms, by boto3."""

import requests

from support.errors import refused

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def test_what_pages_and_scopes_need(cognito, pool, client, server):
    made = pool()
    cognito.create_resource_server(
        UserPoolId=made, Identifier="solar", Name="Solar",
        Scopes=[{"ScopeName": "read", "ScopeDescription": "Look"}],
    )
    with refused("ScopeDoesNotExistException", "Invalid scope requested: solar/write"):
        client(made, AllowedOAuthScopes=["solar/write"])
    app = client(
        made, AllowedOAuthScopes=["solar/read"], AllowedOAuthFlows=["code"], AllowedOAuthFlowsUserPoolClient=True,
        CallbackURLs=["https://app.example.com/"],
    )
    assert app.description["AllowedOAuthScopes"] == ["solar/read"]
    listed = cognito.get_paginator("list_resource_servers").paginate(UserPoolId=made, PaginationConfig={"PageSize": 1})
    assert [each["Identifier"] for page in listed for each in page["ResourceServers"]] == ["solar"]

    prefix = "wire-" + made.lower().split("_")[1]
    assert cognito.create_user_pool_domain(UserPoolId=made, Domain=prefix)["ManagedLoginVersion"] == 1
    assert cognito.describe_user_pool_domain(Domain=prefix)["DomainDescription"]["Status"] == "ACTIVE"
    assert cognito.describe_user_pool(UserPoolId=made)["UserPool"]["Domain"] == prefix

    shown = cognito.set_ui_customization(UserPoolId=made, ImageFile=PNG)["UICustomization"]
    path = shown["ImageUrl"].split("/", 3)[3]
    assert requests.get(f"{server.url}/{path}", timeout=10).content == PNG

    image = bytes(range(250)) * 4000
    style = cognito.create_managed_login_branding(
        UserPoolId=made, ClientId=app.id, Settings={"categories": {"global": {"spacingDensity": "REGULAR"}}},
        Assets=[{"Category": "FORM_LOGO", "ColorMode": "DARK", "Extension": "PNG", "Bytes": image}],
    )["ManagedLoginBranding"]
    found = cognito.describe_managed_login_branding_by_client(UserPoolId=made, ClientId=app.id)["ManagedLoginBranding"]
    assert found["Assets"][0]["Bytes"] == image
    assert found["Settings"] == {"categories": {"global": {"spacingDensity": "REGULAR"}}}
    assert found["ManagedLoginBrandingId"] == style["ManagedLoginBrandingId"]

    terms = cognito.create_terms(
        UserPoolId=made, ClientId=app.id, TermsName="terms-of-use", TermsSource="LINK", Enforcement="NONE",
        Links={"cognito:default": "https://example.com/terms"},
    )["Terms"]
    assert [each["TermsId"] for each in cognito.list_terms(UserPoolId=made)["Terms"]] == [terms["TermsId"]]

    with refused(
        "InvalidParameterException",
        "User pool cannot be deleted. It has a domain configured that should be deleted first.",
    ):
        cognito.delete_user_pool(UserPoolId=made)
    cognito.delete_user_pool_domain(UserPoolId=made, Domain=prefix)
    assert cognito.describe_user_pool_domain(Domain=prefix)["DomainDescription"] == {}
    cognito.delete_user_pool(UserPoolId=made)
