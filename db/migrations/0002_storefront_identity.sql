CREATE TABLE "addresses" (
	"id" text collate "C" NOT NULL,
	"company_id" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"label" text NOT NULL,
	"line1" text NOT NULL,
	"line2" text,
	"city" text NOT NULL,
	"region" text,
	"postal_code" text,
	"country" text,
	"is_default" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "addresses_company_id_id_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "addresses_label_length" CHECK (length("addresses"."label") <= 100)
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" text collate "C" NOT NULL,
	"company_id" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"email" text collate "C" NOT NULL,
	"name" text,
	"role" text collate "C" NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"password_hash" text,
	"email_verified" boolean DEFAULT false NOT NULL,
	"invited_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"link_version" integer DEFAULT 1 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contacts_company_id_id_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "contacts_role_known" CHECK ("contacts"."role" in ('ADMIN', 'BUYER', 'VIEWER')),
	CONSTRAINT "contacts_email_lower" CHECK ("contacts"."email" = lower("contacts"."email") and length("contacts"."email") <= 254),
	CONSTRAINT "contacts_name_length" CHECK (length("contacts"."name") <= 100)
);
--> statement-breakpoint
CREATE TABLE "customer_sessions" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"company_id" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"contact_id" text collate "C",
	"user_agent" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "storefront_accounts" (
	"company_id" text collate "C" NOT NULL,
	"email" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"contact_id" text collate "C",
	CONSTRAINT "storefront_accounts_email_unique" PRIMARY KEY("company_id","email")
);
--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "registration_open" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "link_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "addresses" ADD CONSTRAINT "addresses_company_id_customer_id_customers_company_id_id_fk" FOREIGN KEY ("company_id","customer_id") REFERENCES "public"."customers"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_company_id_customer_id_customers_company_id_id_fk" FOREIGN KEY ("company_id","customer_id") REFERENCES "public"."customers"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_sessions" ADD CONSTRAINT "customer_sessions_company_id_customer_id_customers_company_id_id_fk" FOREIGN KEY ("company_id","customer_id") REFERENCES "public"."customers"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_sessions" ADD CONSTRAINT "customer_sessions_company_id_contact_id_contacts_company_id_id_fk" FOREIGN KEY ("company_id","contact_id") REFERENCES "public"."contacts"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "storefront_accounts" ADD CONSTRAINT "storefront_accounts_company_id_customer_id_customers_company_id_id_fk" FOREIGN KEY ("company_id","customer_id") REFERENCES "public"."customers"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "storefront_accounts" ADD CONSTRAINT "storefront_accounts_company_id_contact_id_contacts_company_id_id_fk" FOREIGN KEY ("company_id","contact_id") REFERENCES "public"."contacts"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "addresses_of_customer" ON "addresses" USING btree ("company_id","customer_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "addresses_one_default" ON "addresses" USING btree ("company_id","customer_id") WHERE "addresses"."is_default";--> statement-breakpoint
CREATE INDEX "contacts_of_customer" ON "contacts" USING btree ("company_id","customer_id","email");--> statement-breakpoint
CREATE INDEX "customer_sessions_customer" ON "customer_sessions" USING btree ("company_id","customer_id");--> statement-breakpoint
CREATE INDEX "customer_sessions_contact" ON "customer_sessions" USING btree ("company_id","contact_id");--> statement-breakpoint
CREATE INDEX "customer_sessions_expiry" ON "customer_sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "storefront_accounts_customer" ON "storefront_accounts" USING btree ("company_id","customer_id");--> statement-breakpoint
CREATE INDEX "storefront_accounts_contact" ON "storefront_accounts" USING btree ("company_id","contact_id");--> statement-breakpoint
-- The customers there are already have their accounts. Their table's owner is bound by its row-level security, too, until
-- that is applied anew after the migrations (db/sql/isolation.sql).
ALTER TABLE "customers" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO "storefront_accounts" ("company_id", "email", "customer_id") SELECT "company_id", "email", "id" FROM "customers";
