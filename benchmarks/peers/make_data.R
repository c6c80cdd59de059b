# Writes the trials that project and peers are timed on: subjects x visits, binary outcome, subject effects of standard deviation 1.5.
# Usage: Rscript make_data.R FOLDER
folder <- commandArgs(TRUE)[1]
dir.create(folder, showWarnings = FALSE, recursive = TRUE)

trial <- function(subjects, visits) {
  set.seed(1)
  n <- subjects * visits
  data <- data.frame(
    id = rep(seq_len(subjects), each = visits),
    time = rep(seq_len(visits) - 1, subjects) / visits,
    trt = rep(rbinom(subjects, 1, 0.5), each = visits),
    x1 = rnorm(n),
    x2 = rep(rnorm(subjects), each = visits))
  effect <- rep(rnorm(subjects, 0, 1.5), each = visits)
  eta <- with(data, -0.5 + 0.4 * trt - 0.3 * time + 0.5 * trt * time + 0.3 * x1 - 0.2 * x2) + effect
  data$y <- rbinom(n, 1, plogis(eta))
  data
}

sizes <- list(small = c(300, 7), medium = c(10000, 5), large = c(100000, 10))
for (name in names(sizes)) {
  file <- file.path(folder, paste0(name, ".csv"))
  if (!file.exists(file)) write.csv(trial(sizes[[name]][1], sizes[[name]][2]), file, row.names = FALSE, quote = FALSE)
}

# Studies for meta-analysis: a thousand effects, and the vaccine trials of the reference data.
set.seed(2)
v <- runif(1000, 0.01, 0.5)
write.csv(data.frame(yi = rnorm(1000, 0.3, sqrt(0.16 + v)), vi = v), file.path(folder, "studies.csv"), row.names = FALSE)
script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
file.copy(file.path(dirname(script), "..", "..", "tests", "reference", "data", "bcg.csv"), file.path(folder, "trials.csv"), overwrite = TRUE)

# Longitudinal, nested and trial data for linear mixed models.
lmm <- function(name, make) {
  file <- file.path(folder, paste0("lmm-", name, ".csv"))
  set.seed(3)
  if (!file.exists(file)) write.csv(make(), file, row.names = FALSE, quote = FALSE)
}
slopes <- function(subjects) {
  id <- rep(seq_len(subjects), each = 10)
  d <- data.frame(id, arm = id %% 2, t = rep(0:9, subjects) + round(runif(10 * subjects), 2))
  d$y <- round(3 + d$arm + 0.5 * d$t + rnorm(subjects)[id] + 0.3 * rnorm(subjects)[id] * d$t + rnorm(nrow(d)), 4)
  d
}
levels3 <- function(patients) {
  unit <- rep(seq_len(patients), each = 3)
  d <- data.frame(hospital = (unit - 1) %/% 300, unit = (unit - 1) %/% 10, patient = unit, x = round(rnorm(length(unit)), 3))
  d$y <- round(1 + d$x + rnorm(patients)[d$hospital + 1] + rnorm(patients)[d$unit + 1] + rnorm(patients)[d$patient] + rnorm(nrow(d)), 4)
  d
}
visits <- function(n, m) {
  id <- rep(seq_len(n), each = m); visit <- rep(seq_len(m), n)
  v <- 0.7^abs(outer(1:m, 1:m, "-")) * outer(1 + 0.1 * 1:m, 1 + 0.1 * 1:m)
  d <- data.frame(id, visit, arm = ifelse(id %% 2 == 0, "a", "b"), base = round(rnorm(n), 3)[id])
  d$y <- round(d$base + 0.1 * visit * (d$arm == "b") + as.vector(t(matrix(rnorm(n * m), n) %*% chol(v))), 4)
  leave <- sample(c(2:m, rep(m + 1, 2 * m)), n, TRUE)[id]
  d[visit < leave, ]
}
lmm("slope", function() slopes(10000)); lmm("slope-large", function() slopes(100000))
lmm("nested", function() levels3(30000))
lmm("visits", function() visits(200, 4)); lmm("visits-medium", function() visits(1000, 5)); lmm("visits-large", function() visits(5000, 10))
file.copy(file.path(dirname(script), "..", "..", "tests", "reference", "data", "sleepstudy.csv"), file.path(folder, "lmm-sleepstudy.csv"), overwrite = TRUE)

# Binary outcomes of patients in wards in hospitals, five visits each.
file <- file.path(folder, "glmm-nested.csv")
if (!file.exists(file)) {
  set.seed(4)
  patient <- rep(seq_len(4000), each = 5)
  d <- data.frame(hospital = (patient - 1) %/% 100, ward = (patient - 1) %/% 10, patient, x = round(rnorm(length(patient)), 2))
  eta <- -0.3 + 0.5 * d$x + rnorm(40)[d$hospital + 1] + 0.8 * rnorm(400)[d$ward + 1] + 0.8 * rnorm(4000)[patient]
  d$y <- rbinom(length(eta), 1, plogis(eta))
  write.csv(d, file, row.names = FALSE, quote = FALSE)
}
