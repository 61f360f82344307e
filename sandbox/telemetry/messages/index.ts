// What people read: messages in channels, mailboxes and on pagers, and which events become one.
export { formatMessage, type Message, parseMessages } from './message.ts';
export { type NewsRoutes, newsFor, readNewsRoutes } from './news.ts';
