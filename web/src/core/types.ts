// The client's own names for what the wire describes, and what it keeps of a person.

import type * as gen from "../gen/protocol.ts";
import type { Node } from "../gen/protocol.ts";
import type * as desk from "./deskTypes.ts";

export type Commands = Omit<gen.Commands, keyof desk.DeskCommands> & desk.DeskCommands;
export type Fact = gen.Fact | desk.DeskFact;
export type {
  Account,
  Answer,
  Author,
  Breath,
  Can,
  ChannelView as Channel,
  ClubView as Club,
  Event as ClubEvent,
  EventKind,
  EventMine,
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
  Message,
  Node,
  Nodes,
  Notice,
  NoticeKind,
  PageSlug,
  Post,
  Posting,
  Problem,
  Question,
  QuestionKind,
  RegistrationMode,
  RegistrationState,
  Role,
  Theme,
  TodayChannel,
  TodayClub,
  Town,
  Zone,
} from "../gen/protocol.ts";
export type EventIn = Omit<gen.Commands["event.update"][0], "event">;
export type { FeedKind, Registration } from "./deskTypes.ts";

/** A node that is not plain text. */
export type NodeObject = Exclude<Node, string>;

/** Somebody met in a message, a list or a conversation; what is not known yet is absent. */
export interface Person {
  id: number;
  name?: string;
  function?: string;
  role?: string;
}
