import { type Context, Hono } from 'hono';
import { createProduct } from '#src/catalog/create-product.ts';
import { NewProductForm } from '#src/catalog/product-form.ts';
import { getCategories } from '#src/catalog/product-profile.ts';
import { staffOf } from '#src/context.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { parseForm } from '../../parse-form.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { CheckField } from '../../views/check-field.tsx';
import { Form, FormActions, type RefusedForm } from '../../views/form.tsx';
import { Page } from '../../views/page.tsx';
import { dashboardPage } from '../dashboard-page.tsx';
import { editPath, LIST_PATH, NEW_PATH } from './paths.ts';
import { limitUpload, refused, withImage } from './image-upload.ts';
import { ACTIVE, ImageField, ProductFields } from './product-fields.tsx';

/** `/dashboard/inventory/new`. A file has a limit of its own: mount it before the one that is for forms. */
export const newProduct = new Hono<AppEnv>()
  .get('/inventory/new', (c) => newPage(c))
  .post('/inventory/new', limitUpload(newPage), async (c) => {
    const form = await parseForm(c, NewProductForm);
    if (!form.ok) return newPage(c, form);
    try {
      const { product } = await withImage(c, null, async (image) => ({
        ok: true,
        product: await createProduct(c.var.ctx, form.data, image),
      }));
      setFlash(c, { tone: 'success', text: `${product.name} is added.` });
      return c.redirect(form.values['next'] === 'another' ? NEW_PATH : editPath(product.id), 303);
    } catch (error) {
      return newPage(c, { values: form.values, ...refused(error) });
    }
  });

async function newPage(c: Context<AppEnv>, problem?: RefusedForm): Promise<Response> {
  const { ctx } = c.var;
  const categories = await getCategories(ctx);
  return dashboardPage(
    c,
    { title: 'Add product', status: problem ? 422 : 200 },
    <Page title="Add product" breadcrumbs={[{ label: 'Inventory', href: LIST_PATH }]}>
      <Card>
        <Form
          action={NEW_PATH}
          multipart
          guard
          values={problem?.values ?? { isActive: 'on', unit: 'each' }}
          errors={problem?.errors}
          message={problem?.message}
        >
          <ProductFields
            currency={staffOf(ctx).currency}
            categories={categories}
            unit={unitIn(problem)}
          />
          <ImageField label="Image" />
          <CheckField {...ACTIVE} />
          <FormActions>
            <Button variant="primary">Add product</Button>
            <Button name="next" value="another">
              Add and enter another
            </Button>
          </FormActions>
        </Form>
      </Card>
    </Page>,
  );
}

function unitIn(problem: RefusedForm | undefined): string | undefined {
  const unit = problem?.values?.['unit'];
  return typeof unit === 'string' ? unit : undefined;
}
