/** One call of the management API, as its documentation shows it. */
import type { DescribedCall } from './describe-calls.ts';
import type { Field, Shape } from './describe-schema.ts';

export const ApiCall = ({ call }: { call: DescribedCall }) => {
  const { id, method, path, summary, role, byPeopleOnly } = call;
  return (
    <article class="api-call" aria-labelledby={`call-${id}`}>
      <h3 id={`call-${id}`}>{id}</h3>
      <p class="api-address">
        <code>
          <b>{method}</b> {path}
        </code>
      </p>
      <p>
        <Prose text={summary} />
      </p>
      <p class="hint">
        {roleWords[role]}
        {byPeopleOnly && ', and only by people who are signed in: no token can'}
      </p>
      <details>
        <summary aria-label={`What it takes and answers: ${id}`}>What it takes and answers</summary>
        <Parts call={call} />
      </details>
    </article>
  );
};

const roleWords = {
  viewer: 'For viewers, editors and owners',
  editor: 'For editors and owners',
  owner: 'For owners',
} as const;

const Parts = ({ call: { inPath, inQuery, body, answer, problems } }: { call: DescribedCall }) => (
  <div class="api-parts">
    {inPath.length > 0 && (
      <>
        <h4>In the address</h4>
        <Fields fields={inPath} />
      </>
    )}
    {inQuery.length > 0 && (
      <>
        <h4>After the question mark</h4>
        <Fields fields={inQuery} />
      </>
    )}
    {body && (
      <>
        <h4>Body</h4>
        <Inside shape={body} />
      </>
    )}
    <h4>Answer</h4>
    {answer ? <Inside shape={answer} /> : <p>A table, as CSV.</p>}
    {problems.length > 0 && (
      <>
        <h4>Refusals of its own</h4>
        <ul class="api-fields">
          {problems.map(({ code, status, detail }) => (
            <li key={code}>
              <code>{code}</code> <span>{status}</span> <Prose text={detail} />
            </li>
          ))}
        </ul>
      </>
    )}
  </div>
);

const Fields = ({ fields }: { fields: readonly Field[] }) => (
  <ul class="api-fields">
    {fields.map(({ name, optional, shape }) => (
      <li key={name}>
        <code>{name}</code>{' '}
        <span>
          {shape.words}
          {optional && ', optional'}
        </span>
        {shape.about && (
          <>
            {' '}
            <Prose text={shape.about} />
          </>
        )}
        <Below shape={shape} />
      </li>
    ))}
  </ul>
);

/** Of a body or an answer, whose fields say what it is. */
const Inside = ({ shape }: { shape: Shape }) =>
  shape.fields && !shape.variants && shape.words === 'object' ? (
    <Fields fields={shape.fields} />
  ) : (
    <>
      <p>
        {shape.words}
        {shape.about && (
          <>
            . <Prose text={shape.about} />
          </>
        )}
      </p>
      <Below shape={shape} />
    </>
  );

const Below = ({ shape: { fields, variants } }: { shape: Shape }) => (
  <>
    {fields && fields.length > 0 && <Fields fields={fields} />}
    {variants && (
      <ul class="api-fields">
        {variants.map((variant, place) => (
          <li key={place}>
            <span>{variant.words}</span>
            {variant.about && (
              <>
                {' '}
                <Prose text={variant.about} />
              </>
            )}
            <Below shape={variant} />
          </li>
        ))}
      </ul>
    )}
  </>
);

/** What stands between backticks is a name. */
const Prose = ({ text }: { text: string }) => (
  <>{text.split('`').map((part, place) => (place % 2 === 1 ? <code key={place}>{part}</code> : part))}</>
);
