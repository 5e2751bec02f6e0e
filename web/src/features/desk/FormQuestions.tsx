import { t } from "../../core/strings.ts";
import type { QuestionKind } from "../../core/types.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Check } from "../../ui/Checks.tsx";
import { Select, TextArea, TextField } from "../../ui/Field.tsx";
import { Group } from "../../ui/Group.tsx";
import { type FormQuestion, newKey } from "./form.ts";
import type { EventForm } from "./useEventForm.ts";

const QUESTIONS_MAX = 10;
const KINDS: readonly QuestionKind[] = ["text", "choice", "yes_no"];

/** What is asked of who registers. */
export function FormQuestions({ form }: { form: EventForm }) {
  const { questions } = form.draft;
  const setAll = (next: FormQuestion[]) => form.set({ questions: next });
  const move = (from: number, to: number) => {
    const next = [...questions];
    next.splice(to, 0, ...next.splice(from, 1));
    setAll(next);
  };
  const add = () =>
    setAll([
      ...questions,
      { key: newKey(), id: 0, kind: "text", label: "", required: false, options: "" },
    ]);
  return (
    <Group title={t.eventForm.questions} hint={t.eventForm.questionsHint}>
      <ol class="list">
        {questions.map((question, i) => (
          <li key={question.key} class="question">
            <fieldset class="choices stack">
              <legend class="row">
                <span class="grow">{t.eventForm.question(i + 1)}</span>
                <IconButton
                  icon="arrowUp"
                  label={t.eventForm.up(i + 1)}
                  disabled={i === 0}
                  onClick={() => move(i, i - 1)}
                />
                <IconButton
                  icon="arrowDown"
                  label={t.eventForm.down(i + 1)}
                  disabled={i === questions.length - 1}
                  onClick={() => move(i, i + 1)}
                />
                <IconButton
                  icon="trash"
                  label={t.eventForm.removeQuestion(i + 1)}
                  onClick={() => setAll(questions.filter((one) => one !== question))}
                />
              </legend>
              <QuestionFields
                question={question}
                error={(part) => form.error(`questions[${i}]${part}`)}
                onChange={(part) =>
                  setAll(questions.map((one) => (one === question ? { ...one, ...part } : one)))
                }
              />
            </fieldset>
          </li>
        ))}
      </ol>
      {questions.length < QUESTIONS_MAX && (
        <Button icon="plus" onClick={add}>
          {t.eventForm.addQuestion}
        </Button>
      )}
    </Group>
  );
}

interface FieldsProps {
  question: FormQuestion;
  error: (part: string) => string | undefined; // ".label"; "": of the question as a whole
  onChange: (part: Partial<FormQuestion>) => void;
}

function QuestionFields({ question, error, onChange }: FieldsProps) {
  return (
    <>
      <TextField
        label={t.eventForm.questionLabel}
        value={question.label}
        onValue={(label) => onChange({ label })}
        error={error(".label") ?? (question.kind === "choice" ? undefined : error(""))}
      />
      <Select<QuestionKind>
        label={t.eventForm.questionKind}
        value={question.kind}
        onValue={(kind) => onChange({ kind })}
        options={KINDS.map((value) => ({ value, label: t.eventForm.questionKinds[value] }))}
        error={error(".kind")}
      />
      {question.kind === "choice" && (
        <TextArea
          rows={3}
          label={t.eventForm.options}
          hint={t.eventForm.optionsHint}
          value={question.options}
          onValue={(options) => onChange({ options })}
          error={error(".options") ?? error("")}
        />
      )}
      <Check
        label={t.eventForm.answerRequired}
        checked={question.required}
        onChecked={(required) => onChange({ required })}
      />
    </>
  );
}
