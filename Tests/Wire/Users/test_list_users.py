"""ListUsers: filters, pages and what is shown."""

import pytest

from support.app import pairs, values
from support.errors import refused

PEOPLE = [
    ("ada", {"given_name": "Ada", "family_name": "Lovelace", "email": "ada@example.com", "name": "Ada L"}),
    ("alan", {"given_name": "Alan", "family_name": "Turing", "email": "alan@example.com", "name": 'Al "T" \\'}),
    ("alonzo", {"given_name": "Alonzo", "family_name": "Church", "email": "alonzo@example.org"}),
    ("grace", {"given_name": "Grace", "family_name": "Hopper", "phone_number": "+15550104444"}),
    ("Grace", {"given_name": "Grace", "family_name": "Kelly", "phone_number": "+15550105555"}),
    ("édith", {"given_name": "Édith", "preferred_username": "piaf"}),
]


@pytest.fixture(scope="module")
def people(cognito, pool):
    """A pool of six: ada is confirmed, alan is disabled."""
    made = pool()
    for username, attributes in PEOPLE:
        cognito.admin_create_user(
            UserPoolId=made, Username=username, MessageAction="SUPPRESS", UserAttributes=pairs(attributes)
        )
    cognito.admin_set_user_password(UserPoolId=made, Username="ada", Password="Correct-Horse-7", Permanent=True)
    cognito.admin_disable_user(UserPoolId=made, Username="alan")
    return made


def names(cognito, pool, **options):
    return {user["Username"] for user in cognito.list_users(UserPoolId=pool, **options)["Users"]}


@pytest.mark.parametrize("text, expected", [
    ("", {"ada", "alan", "alonzo", "grace", "Grace", "édith"}),
    ('username = "ada"', {"ada"}),
    ('username="ada"', {"ada"}),
    ('"username" = "ada"', {"ada"}),
    ('  username  =  "ada"  ', {"ada"}),
    ('username ^= "al"', {"alan", "alonzo"}),
    ('username ^= "grace"', {"grace"}),
    ('username = "nobody"', set()),
    ('username = "ADA"', set()),
    ('email = "ADA@Example.com"', {"ada"}),
    ('given_name ^= "ÉDI"', {"édith"}),
    ('family_name = "lovelace"', {"ada"}),
    ('username ^= "é"', {"édith"}),
    ('username ^= ""', {"ada", "alan", "alonzo", "grace", "Grace", "édith"}),
    ('email = "ada@example.com"', {"ada"}),
    ('email ^= "al"', {"alan", "alonzo"}),
    ('phone_number = "+15550104444"', {"grace"}),
    ('phone_number ^= "+1555010"', {"grace", "Grace"}),
    ('name = "Ada L"', {"ada"}),
    (r'name = "Al \"T\" \\"', {"alan"}),
    ('given_name = "Grace"', {"grace", "Grace"}),
    ('given_name ^= "Al"', {"alan", "alonzo"}),
    ('family_name = "Church"', {"alonzo"}),
    ('family_name ^= "K"', {"Grace"}),
    ('preferred_username = "piaf"', {"édith"}),
    ('preferred_username ^= "pi"', {"édith"}),
    ('cognito:user_status = "CONFIRMED"', {"ada"}),
    ('cognito:user_status = "confirmed"', {"ada"}),
    ('cognito:user_status ^= "FORCE"', {"alan", "alonzo", "grace", "Grace", "édith"}),
    ('status = "Enabled"', {"ada", "alonzo", "grace", "Grace", "édith"}),
    ('status = "Disabled"', {"alan"}),
    ("given_name = \"x' or '1'='1\"", set()),
    ('given_name ^= "%"', set()),
])
def test_filters(cognito, people, text, expected):
    assert names(cognito, people, Filter=text) == expected


def test_a_filter_by_sub(cognito, people):
    shown = cognito.admin_get_user(UserPoolId=people, Username="ada")
    sub = values(shown["UserAttributes"])["sub"]
    assert names(cognito, people, Filter=f'sub = "{sub}"') == {"ada"}
    assert names(cognito, people, Filter=f'sub ^= "{sub[:13]}"') == {"ada"}


@pytest.mark.parametrize("text", [
    "username", "username =", "username = ada", 'username = "ada', 'username == "ada"', 'username > "ada"',
    '= "ada"', 'username = "ada" and email = "x"', '"username = "ada"', 'username = "ada\\',
])
def test_a_filter_that_cannot_be_read(cognito, people, text):
    with refused("InvalidParameterException", "Error while parsing filter"):
        cognito.list_users(UserPoolId=people, Filter=text)


@pytest.mark.parametrize("attribute", ["custom:level", "locale", "nothing"])
def test_an_attribute_that_cannot_be_searched(cognito, people, attribute):
    with refused("InvalidParameterException", f"Invalid search attribute: {attribute}"):
        cognito.list_users(UserPoolId=people, Filter=f'{attribute} = "1"')


def test_a_user_as_shown(cognito, people):
    shown = cognito.list_users(UserPoolId=people, Filter='username = "alan"')["Users"][0]
    assert set(shown) == {
        "Username", "Attributes", "UserCreateDate", "UserLastModifiedDate", "Enabled", "UserStatus",
    }
    assert (shown["Enabled"], shown["UserStatus"]) == (False, "FORCE_CHANGE_PASSWORD")
    assert set(values(shown["Attributes"])) == {
        "sub", "given_name", "family_name", "email", "name",
    }


def test_only_the_attributes_asked_for(cognito, people):
    users = cognito.list_users(UserPoolId=people, Filter='given_name = "Grace"', AttributesToGet=["family_name"])
    assert [set(values(user["Attributes"])) for user in users["Users"]] == [{"family_name"}] * 2


@pytest.mark.parametrize("text", ["", 'username ^= ""', 'given_name ^= ""', 'status = "Enabled"'])
@pytest.mark.parametrize("limit", [1, 2, 5])
def test_page_by_page(cognito, people, text, limit):
    seen, token = [], {}
    while True:
        page = cognito.list_users(UserPoolId=people, Filter=text, Limit=limit, **token)
        assert len(page["Users"]) <= limit
        seen += [user["Username"] for user in page["Users"]]
        if "PaginationToken" not in page:
            break
        token = {"PaginationToken": page["PaginationToken"]}
    assert len(seen) == len(set(seen))
    assert set(seen) == names(cognito, people, Filter=text)


def test_boto3s_paginator(cognito, people):
    pages = list(cognito.get_paginator("list_users").paginate(UserPoolId=people, PaginationConfig={"PageSize": 4}))
    assert [len(page["Users"]) for page in pages] == [4, 2]


def test_a_token_belongs_to_its_listing(cognito, people):
    token = cognito.list_users(UserPoolId=people, Limit=1)["PaginationToken"]
    with refused("InvalidParameterException", "Invalid pagination token"):
        cognito.list_users(UserPoolId=people, Limit=1, PaginationToken=token, Filter='username ^= "a"')
    tampered = ("B" if token[0] != "B" else "C") + token[1:]
    with refused("InvalidParameterException", "Invalid pagination token"):
        cognito.list_users(UserPoolId=people, Limit=1, PaginationToken=tampered)


def test_a_limit_of_zero_is_no_limit(cognito, people):
    assert len(names(cognito, people, Limit=0)) == 6


def test_more_than_a_page_holds(cognito, people):
    message = (
        "1 validation error detected: Value '61' at 'limit' failed to satisfy constraint: "
        "Member must have value less than or equal to 60"
    )
    with refused("InvalidParameterException", message):
        cognito.list_users(UserPoolId=people, Limit=61)


def test_a_pool_without_case_finds_names_in_any_case(cognito, pool, user, name):
    made = pool(UsernameConfiguration={"CaseSensitive": False})
    username = user(made, name("Mixed"))
    assert names(cognito, made, Filter=f'username = "{username.upper()}"') == {username}
