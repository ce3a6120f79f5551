"""Dynamic client registration, by plain requests."""

import requests

CALLBACK = "https://app.example.com/callback"


def test_a_client_registers_itself(oauth, cognito, pool):
    made = pool(DcrConfiguration={"OpenDcrEnabled": True})
    address = f"{oauth.url}/oauth2/register?user_pool_id={made}"
    response = requests.post(address, json={"redirect_uris": [CALLBACK], "client_name": "app"}, timeout=30)
    oauth.secrets.collect(response.json())
    assert response.status_code == 201 and "Access-Control-Allow-Origin" not in response.headers
    registered = response.json()
    described = cognito.describe_user_pool_client(UserPoolId=made, ClientId=registered["client_id"])["UserPoolClient"]
    assert described["ClientType"] == "DCR" and described["CallbackURLs"] == [CALLBACK]
    query = {"client_id": registered["client_id"], "redirect_uri": CALLBACK, "response_type": "code", "state": "s"}
    answer = oauth.get("/oauth2/authorize", params=query)
    assert answer.status_code == 302 and answer.headers["Location"].startswith(f"{oauth.url}/login?")
    refused = requests.post(address, json={"redirect_uris": ["javascript://x"]}, timeout=30)
    assert (refused.status_code, refused.json()) == (400, {"error": "invalid_redirect_uri"})
