// The client's own names for what the wire describes, and what it keeps of a person.

import type { Node } from "../gen/protocol.ts";

export type {
  Account,
  Answer,
  Author,
  Breath,
  Can,
  ChannelView as Channel,
  ClubView as Club,
  Commands,
  Event as ClubEvent,
  EventKind,
  EventMine,
  Fact,
  Guest,
  Hello,
  Hit,
  InvitationShown as Invitation,
  Level,
  Limits,
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
  RegistrationState,
  Role,
  Theme,
  TodayChannel,
  TodayClub,
  Town,
} from "../gen/protocol.ts";

/** A node that is not plain text. */
export type NodeObject = Exclude<Node, string>;

/** Somebody met in a message, a list or a conversation; what is not known yet is absent. */
export interface Person {
  id: number;
  name?: string;
  function?: string;
  role?: string;
}
