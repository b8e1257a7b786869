output "topic" {
  description = "For the Chat API page."
  value       = google_pubsub_topic.events.id
}

output "subscriber_account" {
  description = "Whose credentials the subscriber gets."
  value       = google_service_account.subscriber.email
}

output "oauth_web_account" {
  description = "Whose credentials oauth-web gets."
  value       = google_service_account.oauth_web.email
}

output "environment" {
  description = "What both processes get. To it come OAUTH_CLIENT_FILE and, without a key of Cloud KMS, TOKEN_KEYS."
  value = merge(
    {
      GOOGLE_CLOUD_PROJECT = var.project
      PUBSUB_SUBSCRIPTION  = google_pubsub_subscription.events.name
      PUBSUB_TOPIC         = google_pubsub_topic.events.name
      STORE                = "firestore:${google_firestore_database.auth_data.name}"
    },
    var.kms_location == null ? {} : { TOKEN_KEYS = "kms:${google_kms_crypto_key.postern[0].id}" },
    var.notifications ? { NOTIFICATIONS_SUBSCRIPTION = google_pubsub_subscription.notifications[0].name } : {},
  )
}
