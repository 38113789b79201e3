import { contactRoutes } from '../../contacts/contact-routes.ts';
import { partWanted } from '../../part-wanted.ts';
import { queryHref } from '../../views/query-href.ts';
import { profilePath } from './paths.ts';
import { customerId, profilePage } from './profile-answer.tsx';

/** The people of a customer, on its page. */
export const customerContacts = contactRoutes({
  path: '/customers/:id/contacts',
  owner: customerId,
  show: profilePage,
  home: (c) => queryHref(profilePath(customerId(c)), { part: partWanted(c) }),
});
