// Fetched as soon as the first page is drawn: where people talk.
export { default as Conversation } from "../features/conversation/Conversation.tsx";
export { default as Permalink } from "../features/conversation/Permalink.tsx";
