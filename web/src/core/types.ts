// The client's own names for what the wire describes, and what it keeps of a person.

import type * as gen from "../gen/protocol.ts";

export type {
  Account,
  Answer,
  Author,
  Breath,
  Can,
  CardPerson,
  ChannelView as Channel,
  ClubCard,
  ClubView as Club,
  Commands,
  Event as ClubEvent,
  EventKind,
  EventMine,
  EventScope as Scope,
  Fact,
  FeedKind,
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
  Profile,
  Question,
  QuestionKind,
  RegistrationMode,
  RegistrationShown as Registration,
  RegistrationState,
  Role,
  Shown,
  Theme,
  TodayChannel,
  TodayClub,
  Town,
  Zone,
} from "../gen/protocol.ts";
export type EventIn = Omit<gen.Commands["event.update"][0], "event">;

/** A node that is not plain text. */
export type NodeObject = Exclude<gen.Node, string>;

/** Somebody met in a message, a list or a conversation; what is not known yet is absent. */
export interface Person {
  id: number;
  name?: string;
  function?: string;
  role?: string;
}
