// Alerting: Alertmanager's configuration and its step from alerts to notifications, as pure functions over plain data.
export { type Alert, alertName, isResolved, type PostedAlert } from './alert.ts';
export { type AlertingConfig, describeRoute, readAlertingConfig } from './config.ts';
export { advance, muteOf, receive, reload } from './dispatch.ts';
export { formatMatcher, type Matcher, matchesAll, parseMatcher } from './matcher.ts';
export { linesOf, titleOf, webhookPayload } from './message.ts';
export { ConfigProblem } from './problem.ts';
export { type Route, routesFor } from './route.ts';
export { expireSilence, type Silence } from './silence.ts';
export { type AlertmanagerState, emptyAlertmanager, type Notification } from './state.ts';
export { fillFor } from './templated.ts';
