def handler(event, context):
    print(f"{event['triggerSource']} {event['request']['userAttributes']['email']}", flush=True)
    return event
