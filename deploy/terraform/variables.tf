variable "project" {
  description = "The id of the Google Cloud project. Postern should have one of its own: its owners and editors may publish."
  type        = string
}

variable "location" {
  description = "Where the Firestore database is made, such as eur3. It can't be changed later."
  type        = string
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

variable "database" {
  description = "The Firestore database."
  type        = string
  default     = "auth-data"
}
