# The same as npm run setup makes; a test holds the values of both against each other.

locals {
  dead_letters = "${var.topic}-dead-letters"

  # Pub/Sub's own account, which moves what can't be delivered.
  pubsub_agent = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}

data "google_project" "this" {
  project_id = var.project
}

resource "google_project_service" "api" {
  for_each = toset([
    "chat.googleapis.com",
    "pubsub.googleapis.com",
    "firestore.googleapis.com",
    "iam.googleapis.com",
    "cloudresourcemanager.googleapis.com",
  ])

  service            = each.value
  disable_on_destroy = false
}

# Pub/Sub

resource "google_pubsub_topic" "events" {
  name       = var.topic
  depends_on = [google_project_service.api]
}

resource "google_pubsub_topic" "dead_letters" {
  name       = local.dead_letters
  depends_on = [google_project_service.api]
}

resource "google_pubsub_subscription" "events" {
  name                       = var.subscription
  topic                      = google_pubsub_topic.events.id
  ack_deadline_seconds       = 60
  message_retention_duration = "604800s"

  # Never.
  expiration_policy {
    ttl = ""
  }

  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }

  # As many as there can be: what Postern hands back in an outage counts, too.
  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.dead_letters.id
    max_delivery_attempts = 100
  }
}

# Without it the dead-letter topic would drop what it gets.
resource "google_pubsub_subscription" "dead_letters" {
  name                       = local.dead_letters
  topic                      = google_pubsub_topic.dead_letters.id
  ack_deadline_seconds       = 60
  message_retention_duration = "2678400s"

  expiration_policy {
    ttl = ""
  }
}

# Notifications, where they are wanted: a topic of its own, so that who publishes there can't speak for people.

resource "google_pubsub_topic" "notifications" {
  count      = var.notifications ? 1 : 0
  name       = "notifications"
  depends_on = [google_project_service.api]
}

resource "google_pubsub_subscription" "notifications" {
  count                      = var.notifications ? 1 : 0
  name                       = "postern-notifications"
  topic                      = google_pubsub_topic.notifications[0].id
  ack_deadline_seconds       = 60
  message_retention_duration = "86400s"
  enable_message_ordering    = true

  expiration_policy {
    ttl = ""
  }

  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }
}

resource "google_pubsub_subscription_iam_member" "subscriber_consumes_notifications" {
  count        = var.notifications ? 1 : 0
  subscription = google_pubsub_subscription.notifications[0].name
  role         = "roles/pubsub.subscriber"
  member       = google_service_account.subscriber.member
}

resource "google_pubsub_topic_iam_member" "producer_publishes" {
  for_each = var.notifications ? var.producers : []
  topic    = google_pubsub_topic.notifications[0].name
  role     = "roles/pubsub.publisher"
  member   = "serviceAccount:${each.value}"
}

# Service accounts. oauth-web has no right to Pub/Sub.

resource "google_service_account" "subscriber" {
  account_id   = "postern-subscriber"
  display_name = "Postern, the subscriber"
  depends_on   = [google_project_service.api]
}

resource "google_service_account" "oauth_web" {
  account_id   = "postern-oauth-web"
  display_name = "Postern, the OAuth callback"
  depends_on   = [google_project_service.api]
}

resource "google_pubsub_topic_iam_member" "chat_publishes" {
  topic  = google_pubsub_topic.events.name
  role   = "roles/pubsub.publisher"
  member = "serviceAccount:${var.publisher}"
}

resource "google_pubsub_topic_iam_member" "subscriber_publishes" {
  topic  = google_pubsub_topic.events.name
  role   = "roles/pubsub.publisher"
  member = google_service_account.subscriber.member
}

resource "google_pubsub_subscription_iam_member" "subscriber_consumes" {
  subscription = google_pubsub_subscription.events.name
  role         = "roles/pubsub.subscriber"
  member       = google_service_account.subscriber.member
}

resource "google_pubsub_topic_iam_member" "pubsub_publishes_dead_letters" {
  topic  = google_pubsub_topic.dead_letters.name
  role   = "roles/pubsub.publisher"
  member = local.pubsub_agent
}

resource "google_pubsub_subscription_iam_member" "pubsub_consumes" {
  subscription = google_pubsub_subscription.events.name
  role         = "roles/pubsub.subscriber"
  member       = local.pubsub_agent
}

resource "google_project_iam_member" "subscriber_stores" {
  project = var.project
  role    = "roles/datastore.user"
  member  = google_service_account.subscriber.member
}

resource "google_project_iam_member" "oauth_web_stores" {
  project = var.project
  role    = "roles/datastore.user"
  member  = google_service_account.oauth_web.member
}

# Cloud KMS, if wanted. The key encrypts what is stored, so that it can't be done without it again.

resource "google_project_service" "kms" {
  count = var.kms_location == null ? 0 : 1

  service            = "cloudkms.googleapis.com"
  disable_on_destroy = false
}

resource "google_kms_key_ring" "postern" {
  count = var.kms_location == null ? 0 : 1

  name       = "postern"
  location   = var.kms_location
  depends_on = [google_project_service.kms]
}

resource "google_kms_crypto_key" "postern" {
  count = var.kms_location == null ? 0 : 1

  name            = "postern"
  key_ring        = google_kms_key_ring.postern[0].id
  purpose         = "ENCRYPT_DECRYPT"
  rotation_period = "7776000s"

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_kms_crypto_key_iam_member" "subscriber_seals" {
  count = var.kms_location == null ? 0 : 1

  crypto_key_id = google_kms_crypto_key.postern[0].id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = google_service_account.subscriber.member
}

resource "google_kms_crypto_key_iam_member" "oauth_web_seals" {
  count = var.kms_location == null ? 0 : 1

  crypto_key_id = google_kms_crypto_key.postern[0].id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = google_service_account.oauth_web.member
}

# Firestore

resource "google_firestore_database" "auth_data" {
  name                    = var.database
  location_id             = var.location
  type                    = "FIRESTORE_NATIVE"
  delete_protection_state = "DELETE_PROTECTION_ENABLED"
  depends_on              = [google_project_service.api]
}

resource "google_firestore_field" "consents_ttl" {
  database   = google_firestore_database.auth_data.name
  collection = "consents"
  field      = "expireAt"

  ttl_config {}
}

resource "google_firestore_field" "requests_ttl" {
  database   = google_firestore_database.auth_data.name
  collection = "requests"
  field      = "expireAt"

  ttl_config {}
}
