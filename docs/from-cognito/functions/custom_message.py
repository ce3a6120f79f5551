MAILS = {
    "en": ("Your code for Example", "Welcome! Your code is {}."),
    "de": ("Ihr Code für Example", "Willkommen! Ihr Code ist {}."),
}


def handler(event, context):
    if event["triggerSource"] in ("CustomMessage_SignUp", "CustomMessage_ResendCode"):
        language = event["request"]["userAttributes"].get("locale", "en")[:2]
        subject, text = MAILS.get(language, MAILS["en"])
        event["response"]["emailSubject"] = subject
        event["response"]["emailMessage"] = text.format(event["request"]["codeParameter"])
    return event
