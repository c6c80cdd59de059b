# Writes twoway.json, the expected numbers of TwoWayGolden. Run from this folder: Rscript twoway.R
suppressMessages({ library(sandwich); library(jsonlite) })
reference <- "../../reference/data"
read <- function(name) read.csv(file.path(reference, name))
entry <- function(name, fit, cluster, data) {
  v <- function(cadj, fix = FALSE) vcovCL(fit, cluster = cluster, data = data, type = "HC0", cadj = cadj, fix = fix)
  values <- eigen(v(FALSE), symmetric = TRUE)$values
  list(name = name, coefficients = unname(coef(fit)), smallest = min(values),
       none = as.numeric(v(FALSE, TRUE)), each = as.numeric(v(TRUE, TRUE)))
}
tight <- glm.control(epsilon = 1e-15, maxit = 100)
salamander <- read("salamander.csv")
ticks <- read("grouseticks.csv")
items <- read("subject_item.csv")
raters <- read("rater_site.csv")
cases <- list(
  entry("salamander", glm(Mate ~ Cross, binomial, salamander, control = tight), ~ Female + Male, salamander),
  entry("grouseticks", glm(TICKS ~ YEAR + cHEIGHT, poisson, ticks, control = tight), ~ LOCATION + YEAR, ticks),
  entry("subject_item", lm(rt ~ cond + freq, items, weights = w), ~ subject + item, items),
  entry("rater_site", glm(cbind(hits, trials - hits) ~ arm + x, binomial, raters, control = tight), ~ site + rater, raters))
write_json(list(software = paste("R", getRversion(), "sandwich", packageVersion("sandwich")), cases = cases), "twoway.json", digits = NA,
           auto_unbox = TRUE, pretty = TRUE)
print(sapply(cases, function(c) c$smallest))
