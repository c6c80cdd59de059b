using MarginalConditional.Compare.Simulation.Studies;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>Small studies for the tests.</summary>
internal static class Studies
{
    public const string Small = """
        study: small
        seed: 7
        replicates: 40
        aims: >
          None but to
          be run.
        data-generating-mechanisms:
          clusters: 20
          cluster-size: 10
          baseline: -1
          effect: [0, 0.5]
          sigma: [0.5, 1]
        estimands: [conditional, marginal, risk-difference]
        methods:
          - glmm: {nodes: 7}
          - gee
          - marginalized-glmm: {nodes: 7}
          - standardized-gee
          - standardized-glmm: {nodes: 7}
        """;

    public static Study Read(string text) => StudyReader.Parse(text, "study.yaml");

    /// <summary>The small study with one line replaced.</summary>
    public static string With(string line, string replacement) => Small.Replace(line, replacement, StringComparison.Ordinal);
}
