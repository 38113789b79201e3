import type { CompanyFixture } from '#db/factories.ts';
import { server, staffCookie } from './server.ts';

/** A staged import of one customer of this company, who is called `mark`. */
export async function uploadCustomers(company: CompanyFixture, mark: string): Promise<string> {
  const csv = `email,notes\n${mark}-new@example.com,${mark}\n`;
  return importId(await upload(company, 'customers', csv, `${mark}.csv`));
}

/** A staged import of one product of this company, which is called `mark`. */
export async function uploadProducts(company: CompanyFixture, mark: string): Promise<string> {
  const csv = `sku,name,price,stock\n${mark},${mark},1,1\n`;
  return importId(await upload(company, 'inventory', csv, `${mark}.csv`));
}

function importId(address: string): string {
  return address.split('/').at(-1) ?? '';
}

/** Uploads as the company's owner; the address of the import it becomes. */
export async function upload(
  company: CompanyFixture,
  list: 'customers' | 'inventory',
  csv: string,
  name = 'file.csv',
): Promise<string> {
  const form = new FormData();
  form.set('file', new File([csv], name));
  const encoded = new Response(form);
  const response = await server.fetch(`/dashboard/${list}/import`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      Cookie: await staffCookie(company, 'OWNER'),
      'Sec-Fetch-Site': 'same-origin',
      'Content-Type': encoded.headers.get('Content-Type') ?? '',
    },
    body: await encoded.arrayBuffer(),
  });
  return response.headers.get('location') ?? '';
}
