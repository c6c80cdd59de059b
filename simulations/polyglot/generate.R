# A cluster-randomized trial with a binary outcome and normal cluster effects.
source("margcond.R")
answer(paste("generate.R", getRversion()), function(request) {
  s <- request$settings
  id <- rep(seq_len(s$clusters), each = s$size)
  arm <- (id - 1) %% 2
  b <- rnorm(s$clusters, sd = s$sigma)
  y <- rbinom(length(id), 1, plogis(-1 + s$effect * arm + b[id]))
  list(csv = csv_of(data.frame(id, arm, y)))
})
