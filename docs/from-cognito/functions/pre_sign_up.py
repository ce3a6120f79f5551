ALLOWED = {"example.com"}


def handler(event, context):
    domain = event["request"]["userAttributes"]["email"].rpartition("@")[2]
    if domain.lower() not in ALLOWED:
        raise ValueError(f"Sign up with an address of {', '.join(sorted(ALLOWED))}")
    return event
