def handler(event, context):
    company = event["request"]["userAttributes"]["email"].rpartition("@")[2]
    event["response"]["claimsAndScopeOverrideDetails"] = {
        "idTokenGeneration": {"claimsToAddOrOverride": {"company": company}},
        "accessTokenGeneration": {"claimsToAddOrOverride": {"company": company}, "scopesToAdd": ["orders/read"]},
    }
    return event
