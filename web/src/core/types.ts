// The client's own names for what the wire describes, and what it keeps of a person.

import type * as gen from "../gen/protocol.ts";
import type * as desk from "./deskTypes.ts";
import type * as event from "./eventTypes.ts";

export type Commands = Omit<gen.Commands, keyof event.EventCommands> &
  event.EventCommands &
  desk.DeskCommands;
export type Fact = gen.Fact | event.EventFact | desk.DeskFact;
export type { EventIn, FeedKind, Registration } from "./deskTypes.ts";
export type Message = gen.Message & { event?: number };

export type {
  Account,
  Author,
  Breath,
  Can,
  ChannelView as Channel,
  ClubView as Club,
  EventScope as Scope,
  Guest,
  Hello,
  Hit,
  InvitationShown as Invitation,
  Level,
  Limits,
  LinkShown,
  Me,
  Member,
  Membership,
  Node,
  Nodes,
  PageSlug,
  Post,
  Posting,
  Problem,
  QuestionKind,
  RegistrationMode,
  Role,
  TodayChannel,
  TodayClub,
  Town,
  Zone,
} from "../gen/protocol.ts";
export type {
  Answer,
  Event as ClubEvent,
  EventKind,
  EventMine,
  Notice,
  NoticeKind,
  Question,
  RegistrationState,
} from "./eventTypes.ts";

/** A node that is not plain text. */
export type NodeObject = Exclude<gen.Node, string>;

/** Somebody met in a message, a list or a conversation; what is not known yet is absent. */
export interface Person {
  id: number;
  name?: string;
  function?: string;
  role?: string;
}
