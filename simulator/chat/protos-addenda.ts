import type { ProtoNode } from './protos.ts';

const outputOnly = { '(google.api.field_behavior)': 'OUTPUT_ONLY' };

/** Of `google.apps.card.v1`: where widgets of Workspace Studio get their choices from. */
const hostAppDataSource = { type: 'google.apps.card.v1.HostAppDataSourceMarkup' };

/**
 * Fields of cards that Google's reference calls required, and its protos don't. Stricter than Google: by its guide
 * troubleshoot-cards, it takes such a card and leaves out some part of it, which is hard to predict. Who sends a card wants it shown.
 */
export const REQUIRED_BY_THE_REFERENCE: Readonly<Record<string, readonly string[]>> = {
  'google.apps.card.v1.Button': ['onClick'],
  'google.apps.card.v1.Card.CardHeader': ['title'],
  'google.apps.card.v1.Card.Section': ['widgets'],
  'google.apps.card.v1.DecoratedText': ['text'],
  'google.apps.card.v1.OverflowMenu': ['items'],
  'google.apps.card.v1.OverflowMenu.OverflowMenuItem': ['text', 'onClick'],
  'google.apps.card.v1.SelectionInput': ['name'],
};

/**
 * What Chat's REST API accepts, but the protos of Google's gRPC client don't have yet: fields of existing messages, and new
 * messages nested in them. Most of it is for Workspace Studio; Chat takes it and does nothing with it.
 */
export const NOT_IN_THE_PROTOS: Readonly<Record<string, Pick<ProtoNode, 'fields' | 'nested'>>> = {
  'google.chat.v1.User': {
    fields: {
      email: { type: 'string', options: outputOnly },
      avatarUrl: { type: 'string', options: outputOnly },
    },
  },
  'google.chat.v1.Space.AccessPermissionSettings': {
    fields: { viewSpaceMembershipSetting: { type: 'AccessPermissionSetting' } },
  },
  'google.chat.v1.Space.PermissionSettings': {
    fields: { viewSpaceMembership: { type: 'PermissionSetting' } },
  },
  'google.apps.card.v1.Card.Section': { fields: { id: { type: 'string' } } },
  'google.apps.card.v1.Card': {
    fields: { expressionData: { rule: 'repeated', type: 'ExpressionData' } },
    nested: {
      ExpressionData: {
        fields: {
          id: { type: 'string' },
          expression: { type: 'string' },
          conditions: { rule: 'repeated', type: 'Condition' },
          eventActions: { rule: 'repeated', type: 'google.apps.card.v1.Widget.EventAction' },
        },
        nested: {
          Condition: {
            fields: {
              actionRuleId: { type: 'string' },
              expressionDataCondition: { type: 'ExpressionDataCondition' },
            },
          },
          ExpressionDataCondition: {
            fields: { conditionType: { type: 'ConditionType' } },
            nested: {
              ConditionType: {
                values: {
                  CONDITION_TYPE_UNSPECIFIED: 0,
                  EXPRESSION_EVALUATION_SUCCESS: 1,
                  EXPRESSION_EVALUATION_FAILURE: 2,
                },
              },
            },
          },
        },
      },
    },
  },
  'google.apps.card.v1.Widget': {
    fields: {
      id: { type: 'string' },
      visibility: { type: 'Visibility' },
      eventActions: { rule: 'repeated', type: 'EventAction' },
    },
    nested: {
      Visibility: { values: { VISIBILITY_UNSPECIFIED: 0, VISIBLE: 1, HIDDEN: 2 } },
      EventAction: {
        fields: {
          actionRuleId: { type: 'string' },
          commonWidgetAction: { type: 'CommonWidgetAction' },
          postEventTriggers: { rule: 'repeated', type: 'Trigger' },
        },
      },
      Trigger: { fields: { actionRuleId: { type: 'string' } } },
      CommonWidgetAction: {
        fields: { updateVisibilityAction: { type: 'UpdateVisibilityAction' } },
      },
      UpdateVisibilityAction: { fields: { visibility: { type: 'Visibility' } } },
    },
  },
  'google.apps.card.v1.DateTimePicker': { fields: { hostAppDataSource } },
  'google.apps.card.v1.TextInput': { fields: { hostAppDataSource } },
  'google.apps.card.v1.SelectionInput': {
    fields: {
      hintText: { type: 'string' },
      dataSourceConfigs: { rule: 'repeated', type: 'DataSourceConfig' },
    },
    nested: {
      DataSourceConfig: {
        fields: {
          minCharactersTrigger: { type: 'int32' },
          platformDataSource: { type: 'PlatformDataSource' },
          remoteDataSource: { type: 'google.apps.card.v1.Action' },
        },
      },
    },
  },
  'google.apps.card.v1.SelectionInput.PlatformDataSource': { fields: { hostAppDataSource } },
  'google.apps.card.v1.HostAppDataSourceMarkup': {
    fields: {
      chatDataSource: { type: 'ChatClientDataSourceMarkup' },
      workflowDataSource: { type: 'WorkflowDataSourceMarkup' },
    },
    nested: {
      ChatClientDataSourceMarkup: { fields: { spaceDataSource: { type: 'SpaceDataSource' } } },
      SpaceDataSource: { fields: { defaultToCurrentSpace: { type: 'bool' } } },
      WorkflowDataSourceMarkup: {
        fields: { includeVariables: { type: 'bool' }, type: { type: 'Type' } },
        nested: { Type: { values: { UNKNOWN: 0, USER: 1, SPACE: 2, USER_WITH_FREE_FORM: 3 } } },
      },
    },
  },
};
