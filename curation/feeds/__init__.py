"""From subscriptions to candidates: what the outside says, fetched safely, judged by nobody yet."""
