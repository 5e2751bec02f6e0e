import type { Asked, Given } from "../../core/registering.ts";
import { t } from "../../core/strings.ts";
import { Choices, Select, TextField } from "../../ui/Field.tsx";

interface QuestionsProps {
  questions: readonly Asked[];
  given: Given;
  missing: readonly number[];
  onGiven: (given: Given) => void;
}

/** What the organiser asks who registers. */
export function Questions({ questions, given, missing, onGiven }: QuestionsProps) {
  return (
    <>
      {questions.map((question) => (
        <Ask
          key={question.id}
          question={question}
          value={given[question.id] ?? ""}
          error={missing.includes(question.id) ? t.register.missing : undefined}
          onValue={(value) => onGiven({ ...given, [question.id]: value })}
        />
      ))}
    </>
  );
}

interface AskProps {
  question: Asked;
  value: string;
  error: string | undefined;
  onValue: (value: string) => void;
}

function Ask({ question, value, error, onValue }: AskProps) {
  const common = { label: question.label, optional: !question.required, value, onValue };
  const told = error === undefined ? common : { ...common, error };
  switch (question.kind) {
    case "yes_no":
      return (
        <Choices
          {...told}
          options={[
            { value: "oui", label: t.register.yes },
            { value: "non", label: t.register.no },
          ]}
        />
      );
    case "choice":
      return (
        <Select
          {...told}
          options={[
            { value: "", label: t.register.choose },
            ...(question.options ?? []).map((option) => ({ value: option, label: option })),
          ]}
        />
      );
    case "text":
      return <TextField {...told} />;
  }
}
