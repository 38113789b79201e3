CREATE TABLE "cart_lines" (
	"company_id" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"contact_id" text collate "C",
	"product_id" text collate "C" NOT NULL,
	"quantity" bigint NOT NULL,
	"added_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cart_lines_one_each" UNIQUE NULLS NOT DISTINCT("company_id","customer_id","contact_id","product_id"),
	CONSTRAINT "cart_lines_quantity_range" CHECK ("cart_lines"."quantity" between 1 and 99999)
);
--> statement-breakpoint
CREATE TABLE "customer_totals" (
	"company_id" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"orders" integer NOT NULL,
	"cancelled" integer DEFAULT 0 NOT NULL,
	"spent_cents" bigint NOT NULL,
	"last_order_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "customer_totals_company_id_customer_id_pk" PRIMARY KEY("company_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "order_lines" (
	"company_id" text collate "C" NOT NULL,
	"order_id" text collate "C" NOT NULL,
	"line" integer NOT NULL,
	"product_id" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"sku" text,
	"unit" text NOT NULL,
	"quantity" bigint NOT NULL,
	"unit_price_cents" bigint NOT NULL,
	"total_cents" bigint NOT NULL,
	CONSTRAINT "order_lines_company_id_order_id_line_pk" PRIMARY KEY("company_id","order_id","line"),
	CONSTRAINT "order_lines_quantity_range" CHECK ("order_lines"."quantity" between 1 and 99999),
	CONSTRAINT "order_lines_add_up" CHECK ("order_lines"."total_cents" = "order_lines"."quantity" * "order_lines"."unit_price_cents")
);
--> statement-breakpoint
CREATE TABLE "order_numbers" (
	"company_id" text collate "C" PRIMARY KEY NOT NULL,
	"last" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" text collate "C" NOT NULL,
	"company_id" text collate "C" NOT NULL,
	"number" bigint NOT NULL,
	"status" text collate "C" DEFAULT 'SUBMITTED' NOT NULL,
	"source" text collate "C" NOT NULL,
	"customer_id" text collate "C",
	"customer_name" text,
	"customer_email" text,
	"placed_by_id" text collate "C",
	"placed_by_name" text,
	"shipping_address" jsonb,
	"po_number" text,
	"notes" text,
	"currency" text collate "C" NOT NULL,
	"subtotal_cents" bigint NOT NULL,
	"tax_rate_ppm" bigint NOT NULL,
	"tax_cents" bigint NOT NULL,
	"shipping_cents" bigint NOT NULL,
	"total_cents" bigint NOT NULL,
	"line_count" integer NOT NULL,
	"search_key" text collate "C" NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "orders_company_id_id_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "orders_number_unique" UNIQUE("company_id","number"),
	CONSTRAINT "orders_status_known" CHECK ("orders"."status" in ('SUBMITTED', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'CANCELLED')),
	CONSTRAINT "orders_source_known" CHECK ("orders"."source" in ('STOREFRONT', 'DASHBOARD', 'API')),
	CONSTRAINT "orders_po_number_length" CHECK (length("orders"."po_number") <= 50),
	CONSTRAINT "orders_notes_length" CHECK (length("orders"."notes") <= 2000),
	CONSTRAINT "orders_total_adds_up" CHECK ("orders"."total_cents" = "orders"."subtotal_cents" + "orders"."tax_cents" + "orders"."shipping_cents")
);
--> statement-breakpoint
CREATE TABLE "price_overrides" (
	"company_id" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"product_id" text collate "C" NOT NULL,
	"price_cents" bigint NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "price_overrides_company_id_customer_id_product_id_pk" PRIMARY KEY("company_id","customer_id","product_id"),
	CONSTRAINT "price_overrides_price_range" CHECK ("price_overrides"."price_cents" between 0 and 100000000)
);
--> statement-breakpoint
CREATE TABLE "products" (
	"id" text collate "C" NOT NULL,
	"company_id" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"sku" text collate "C",
	"description" text,
	"category" text collate "C",
	"unit" text DEFAULT 'each' NOT NULL,
	"price_cents" bigint NOT NULL,
	"image_id" text collate "C",
	"active" boolean DEFAULT true NOT NULL,
	"low_stock_threshold" bigint,
	"name_key" text collate "C" NOT NULL,
	"search_key" text collate "C" NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "products_company_id_id_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "products_sku_unique" UNIQUE("company_id","sku"),
	CONSTRAINT "products_name_length" CHECK (length("products"."name") between 1 and 200),
	CONSTRAINT "products_sku_length" CHECK (length("products"."sku") between 1 and 100),
	CONSTRAINT "products_description_length" CHECK (length("products"."description") <= 2000),
	CONSTRAINT "products_category_length" CHECK (length("products"."category") between 1 and 100),
	CONSTRAINT "products_unit_length" CHECK (length("products"."unit") between 1 and 30),
	CONSTRAINT "products_price_range" CHECK ("products"."price_cents" between 0 and 100000000),
	CONSTRAINT "products_threshold_range" CHECK ("products"."low_stock_threshold" between 0 and 1000000000)
);
--> statement-breakpoint
CREATE TABLE "stock_levels" (
	"company_id" text collate "C" NOT NULL,
	"product_id" text collate "C" NOT NULL,
	"on_hand" bigint DEFAULT 0 NOT NULL,
	"times_ordered" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "stock_levels_company_id_product_id_pk" PRIMARY KEY("company_id","product_id"),
	CONSTRAINT "stock_levels_not_negative" CHECK ("stock_levels"."on_hand" >= 0)
);
--> statement-breakpoint
CREATE TABLE "stock_movements" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "stock_movements_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"company_id" text collate "C" NOT NULL,
	"product_id" text collate "C" NOT NULL,
	"delta" bigint NOT NULL,
	"reason" text collate "C" NOT NULL,
	"reference" text collate "C",
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stock_movements_company_id_id_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "stock_movements_reason_known" CHECK ("stock_movements"."reason" in ('order', 'cancel', 'edit', 'import', 'return'))
);
--> statement-breakpoint
ALTER TABLE "imports" DROP CONSTRAINT "imports_kind_known";--> statement-breakpoint
DROP INDEX "imports_by_created";--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "tax_rate_ppm" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "shipping_cents" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "free_shipping_from_cents" bigint;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "low_stock_threshold" bigint DEFAULT 5 NOT NULL;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "paper_size" text collate "C" DEFAULT 'LETTER' NOT NULL;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "invoice_details" text;--> statement-breakpoint
ALTER TABLE "plan_usage" ADD COLUMN "products" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "plan_usage" ADD COLUMN "max_products" bigint;--> statement-breakpoint
ALTER TABLE "plan_usage" ADD COLUMN "max_orders" bigint;--> statement-breakpoint
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_company_id_customer_id_customers_company_id_id_fk" FOREIGN KEY ("company_id","customer_id") REFERENCES "public"."customers"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_company_id_contact_id_contacts_company_id_id_fk" FOREIGN KEY ("company_id","contact_id") REFERENCES "public"."contacts"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_company_id_product_id_products_company_id_id_fk" FOREIGN KEY ("company_id","product_id") REFERENCES "public"."products"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_totals" ADD CONSTRAINT "customer_totals_company_id_customer_id_customers_company_id_id_fk" FOREIGN KEY ("company_id","customer_id") REFERENCES "public"."customers"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_company_id_order_id_orders_company_id_id_fk" FOREIGN KEY ("company_id","order_id") REFERENCES "public"."orders"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_product" FOREIGN KEY ("company_id","product_id") REFERENCES "public"."products"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_numbers" ADD CONSTRAINT "order_numbers_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_company_id_customer_id_customers_company_id_id_fk" FOREIGN KEY ("company_id","customer_id") REFERENCES "public"."customers"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_overrides" ADD CONSTRAINT "price_overrides_company_id_customer_id_customers_company_id_id_fk" FOREIGN KEY ("company_id","customer_id") REFERENCES "public"."customers"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_overrides" ADD CONSTRAINT "price_overrides_company_id_product_id_products_company_id_id_fk" FOREIGN KEY ("company_id","product_id") REFERENCES "public"."products"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_levels" ADD CONSTRAINT "stock_levels_company_id_product_id_products_company_id_id_fk" FOREIGN KEY ("company_id","product_id") REFERENCES "public"."products"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_company_id_product_id_products_company_id_id_fk" FOREIGN KEY ("company_id","product_id") REFERENCES "public"."products"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cart_lines_of_contact" ON "cart_lines" USING btree ("company_id","contact_id");--> statement-breakpoint
CREATE INDEX "cart_lines_of_product" ON "cart_lines" USING btree ("company_id","product_id");--> statement-breakpoint
CREATE INDEX "order_lines_of_product" ON "order_lines" USING btree ("company_id","product_id","order_id");--> statement-breakpoint
CREATE INDEX "orders_by_created" ON "orders" USING btree ("company_id","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_by_status_created" ON "orders" USING btree ("company_id","status","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_by_total" ON "orders" USING btree ("company_id","total_cents","id");--> statement-breakpoint
CREATE INDEX "orders_by_status_total" ON "orders" USING btree ("company_id","status","total_cents","id");--> statement-breakpoint
CREATE INDEX "orders_of_customer" ON "orders" USING btree ("company_id","customer_id","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_by_search" ON "orders" USING gin ("company_id","search_key" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "price_overrides_of_product" ON "price_overrides" USING btree ("company_id","product_id");--> statement-breakpoint
CREATE INDEX "products_by_created" ON "products" USING btree ("company_id","created_at","id");--> statement-breakpoint
CREATE INDEX "products_by_name" ON "products" USING btree ("company_id","name_key","id");--> statement-breakpoint
CREATE INDEX "products_by_price" ON "products" USING btree ("company_id","price_cents","id");--> statement-breakpoint
CREATE INDEX "products_by_active_name" ON "products" USING btree ("company_id","active","name_key","id");--> statement-breakpoint
CREATE INDEX "products_by_category_name" ON "products" USING btree ("company_id","category","name_key","id");--> statement-breakpoint
CREATE INDEX "products_by_search" ON "products" USING gin ("company_id","search_key" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "stock_levels_by_on_hand" ON "stock_levels" USING btree ("company_id","on_hand","product_id");--> statement-breakpoint
CREATE INDEX "stock_levels_by_times_ordered" ON "stock_levels" USING btree ("company_id","times_ordered","product_id");--> statement-breakpoint
CREATE INDEX "stock_movements_of_product" ON "stock_movements" USING btree ("company_id","product_id","id");--> statement-breakpoint
CREATE INDEX "imports_by_created" ON "imports" USING btree ("company_id","kind","created_at","id");--> statement-breakpoint
ALTER TABLE "companies" ADD CONSTRAINT "companies_tax_rate_range" CHECK ("companies"."tax_rate_ppm" between 0 and 300000);--> statement-breakpoint
ALTER TABLE "companies" ADD CONSTRAINT "companies_shipping_range" CHECK ("companies"."shipping_cents" between 0 and 100000000);--> statement-breakpoint
ALTER TABLE "companies" ADD CONSTRAINT "companies_free_shipping_range" CHECK ("companies"."free_shipping_from_cents" between 0 and 10000000000);--> statement-breakpoint
ALTER TABLE "companies" ADD CONSTRAINT "companies_threshold_range" CHECK ("companies"."low_stock_threshold" between 0 and 1000000000);--> statement-breakpoint
ALTER TABLE "companies" ADD CONSTRAINT "companies_paper_known" CHECK ("companies"."paper_size" in ('LETTER', 'A4'));--> statement-breakpoint
ALTER TABLE "companies" ADD CONSTRAINT "companies_invoice_details_length" CHECK (length("companies"."invoice_details") <= 500);--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_kind_known" CHECK ("imports"."kind" in ('customers', 'products'));--> statement-breakpoint
-- The companies there are get what their plan allows. Their table's owner is bound by its row-level security, too, until
-- that is applied anew after the migrations (db/sql/isolation.sql).
ALTER TABLE "plan_usage" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "companies" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "plan_usage" SET
  "max_products" = CASE c."plan" WHEN 'STARTER' THEN 50 WHEN 'GROWTH' THEN 500 END,
  "max_orders" = CASE c."plan" WHEN 'STARTER' THEN 100 WHEN 'GROWTH' THEN 2000 END
FROM "companies" c WHERE c."id" = "plan_usage"."company_id";
