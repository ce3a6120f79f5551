"""Tags, log delivery, limits and replicas of pools."""

from support.errors import refused


def test_tags(cognito, pool):
    arn = cognito.describe_user_pool(UserPoolId=pool(UserPoolTags={"team": "blue"}))["UserPool"]["Arn"]
    cognito.tag_resource(ResourceArn=arn, Tags={"team": "red", "stage": "test"})
    cognito.untag_resource(ResourceArn=arn, TagKeys=["team"])
    assert cognito.list_tags_for_resource(ResourceArn=arn)["Tags"] == {"stage": "test"}


def test_log_delivery(cognito, pool):
    made = pool()
    log = {
        "LogLevel": "ERROR", "EventSource": "userNotification",
        "CloudWatchLogsConfiguration": {"LogGroupArn": "arn:aws:logs:us-east-1:123456789012:log-group:x"},
    }
    expected = {"UserPoolId": made, "LogConfigurations": [log]}
    cognito.set_log_delivery_configuration(UserPoolId=made, LogConfigurations=[log])
    assert cognito.get_log_delivery_configuration(UserPoolId=made)["LogDeliveryConfiguration"] == expected


def test_limits(cognito):
    definition = {"LimitClass": "API_CATEGORY", "Attributes": {"Category": "UserToken"}}
    set_ = cognito.update_provisioned_limit(LimitDefinition=definition, RequestedLimitValue=500)["Limit"]
    assert set_ == {"LimitDefinition": definition, "ProvisionedLimitValue": 500, "FreeLimitValue": 120}
    assert cognito.get_provisioned_limit(LimitDefinition=definition)["Limit"] == set_
    with refused(
        "ServiceQuotaExceededException", "RequestedLimitValue must not be above the account's limit, 100000."
    ):
        cognito.update_provisioned_limit(LimitDefinition=definition, RequestedLimitValue=1_000_000)


def test_replicas(cognito, pool):
    made = pool()
    place = {"UserPoolId": made, "RegionName": "eu-west-1"}
    assert cognito.create_user_pool_replica(**place)["UserPoolReplica"]["Status"] == "INACTIVE"
    cognito.update_user_pool_replica(**place, Status="ACTIVE")
    listed = cognito.list_user_pool_replicas(UserPoolId=made)["UserPoolReplicas"]
    assert [(replica["Role"], replica["Status"]) for replica in listed] == [
        ("PRIMARY", "ACTIVE"), ("SECONDARY", "ACTIVE"),
    ]
    with refused("InvalidParameterException", "The replica in eu-west-1 is active: it must be INACTIVE first."):
        cognito.delete_user_pool_replica(**place)
    cognito.update_user_pool_replica(**place, Status="INACTIVE")
    assert cognito.delete_user_pool_replica(**place)["UserPoolReplica"]["Status"] == "DELETING"
