import type { FirstSteps } from '#src/companies/queries.ts';
import type { StaffViewer } from '#src/context.ts';
import { roleMay } from '#src/permissions.ts';
import type { ChecklistItem } from '../../views/checklist.tsx';

/** What a new company does once, and how much of it is done. */
export function firstSteps(steps: FirstSteps, { role }: StaffViewer): ChecklistItem[] {
  const items: ChecklistItem[] = [
    {
      label: 'Add your first product',
      done: steps.hasProducts,
      href: '/dashboard/inventory/new',
      hint: 'One by one, or all at once from a CSV file.',
    },
    {
      label: 'Share your storefront link',
      done: steps.storefrontUsed,
      href: '#storefront-link',
      hint: `${steps.registrationOpen ? 'Customers register there' : 'Registration is closed in the settings'}; those you import choose a password through “Forgot password”. Done as soon as somebody has.`,
    },
    {
      label: 'Import your customers',
      done: steps.customers > 0,
      href: '/dashboard/customers/import',
      hint: 'From a CSV file, with a preview before anything changes.',
    },
  ];
  if (roleMay(role, 'company:write')) {
    items.push({
      label: 'Add your contact details',
      done: steps.hasContact,
      href: '/dashboard/settings/storefront',
      hint: 'Customers see them at the bottom of your storefront.',
    });
  }
  if (roleMay(role, 'api_keys:write')) {
    items.push({
      label: 'Create an API key',
      done: steps.hasApiKey,
      href: '/dashboard/settings/api-keys',
      hint: 'Connect your ERP or accounting to the REST API.',
    });
  }
  return items;
}
