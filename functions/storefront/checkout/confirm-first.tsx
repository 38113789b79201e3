import { confirmFirst } from '#src/storefront/email-to-confirm.ts';
import { Button } from '../../views/button.tsx';
import { Row, Stack } from '../../views/layout.tsx';
import { Notice } from '../../views/notice.tsx';

type Props = {
  email: string;
  /** Where the button leads that mails the link again. */
  again: string;
};

/** What a person reads who has to confirm their address before they order more; stands in a form. */
export function ConfirmFirst({ email, again }: Props) {
  return (
    <Notice tone="warning">
      <Stack gap="tight">
        <p>{confirmFirst(email)}</p>
        <Row>
          <Button formaction={again} icon="mail">
            Send again
          </Button>
        </Row>
      </Stack>
    </Notice>
  );
}
