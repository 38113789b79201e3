import type { Child } from 'hono/jsx';
import { Button } from '../../views/button.tsx';
import { Page } from '../../views/page.tsx';
import { Poll, type PollProps } from '../../views/poll.tsx';
import { Steps } from '../../views/steps.tsx';
import type { ImportPages } from './import-pages.ts';

type ImportFrameProps = {
  pages: Pick<ImportPages<object>, 'title' | 'list' | 'path'>;
  /** Counts from 0; 3 = all done. */
  step: number;
  lead: Child;
  /** Everything below the heading follows a running job. */
  follows?: Omit<PollProps, 'children'>;
  children: Child;
};

/** The heading and the three steps that all pages of an import share. */
export function ImportFrame({ pages, step, lead, follows, children }: ImportFrameProps) {
  const body = (
    <>
      <Steps label="Import" steps={['Upload', 'Preview', 'Import']} current={step} />
      {children}
    </>
  );
  return (
    <Page
      title={pages.title}
      lead={lead}
      breadcrumbs={[pages.list]}
      actions={
        step === 0 ? (
          <Button href={`${pages.path}/template.csv`} icon="download" download>
            Download template
          </Button>
        ) : (
          <Button href={pages.path} icon="upload">
            Upload another file
          </Button>
        )
      }
    >
      {follows ? <Poll {...follows}>{body}</Poll> : body}
    </Page>
  );
}
