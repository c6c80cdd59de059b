namespace MarginalConditional.Statistics.Inference;

/// <summary>One threshold of an estimator, with what it decides.</summary>
/// <param name="Name">The name of the threshold, as in the estimator's page of tolerances.</param>
/// <param name="Value">Its value in force.</param>
/// <param name="Meaning">What it decides, as part of a sentence.</param>
public sealed record Tolerance(string Name, double Value, string Meaning);
