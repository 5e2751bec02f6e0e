// The client's own names for what the wire describes, and what it keeps of a person.

import type * as gen from "../gen/protocol.ts";
import type * as event from "./eventTypes.ts";

export type Commands = gen.Commands & event.EventCommands;
export type Fact = gen.Fact | event.EventFact;
export type Message = gen.Message & { event?: number };

export type {
  Account,
  Author,
  Breath,
  Can,
  ChannelView as Channel,
  ClubView as Club,
  Guest,
  Hello,
  Hit,
  InvitationShown as Invitation,
  Level,
  Limits,
  Me,
  Member,
  Membership,
  Node,
  Nodes,
  PageSlug,
  Post,
  Posting,
  Problem,
  Role,
  TodayChannel,
  TodayClub,
  Town,
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
