variable "project" {
  description = "The id of the Google Cloud project. Postern should have one of its own: its owners and editors may publish."
  type        = string
}

variable "location" {
  description = "Where the Firestore database is made, such as eur3. It can't be changed later."
  type        = string
}

variable "kms_location" {
  description = "Where a key of Cloud KMS is made for what is stored, such as europe-west1. It costs money, and its ring can't be deleted."
  type        = string
  default     = null
}

variable "publisher" {
  description = "With whose name Chat publishes: for an add-on, the service account that the Chat API page shows."
  type        = string
  default     = "chat-api-push@system.gserviceaccount.com"
}

variable "topic" {
  description = "The topic that the Chat API page names."
  type        = string
  default     = "postern"
}

variable "subscription" {
  description = "The subscription that the subscriber pulls."
  type        = string
  default     = "postern"
}

variable "notifications" {
  description = "Whether to make what notifications need."
  type        = bool
  default     = false
}

variable "producers" {
  description = "The service accounts that publish notifications."
  type        = set(string)
  default     = []
}

variable "database" {
  description = "The Firestore database."
  type        = string
  default     = "auth-data"
}
