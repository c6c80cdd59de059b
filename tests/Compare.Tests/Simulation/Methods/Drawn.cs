using System.Text;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Compare.Tests.Simulation.Methods;

/// <summary>Replicates of small studies, and the same data as the commands read them from a file.</summary>
internal static class Drawn
{
    /// <summary>A study of one scenario with every rung and coefficient among its estimands.</summary>
    public static Study Study(string mechanism, params string[] methods) => StudyReader.Parse(
        $$"""
        study: methods
        seed: 11
        replicates: 3
        data-generating-mechanisms: { {{mechanism}} }
        estimands: [conditional, marginal, marginal-given-covariates, risk-difference, conditional-arm3, risk-difference-arm3,
          rung-0-log-odds-ratio, rung-0-cluster-log-odds-ratio, rung-0-cluster-log-ratio, rung-0-log-ratio, rung-1-log-odds-ratio,
          rung-2-log-odds-ratio, rung-2-cluster-difference, rung-2-cluster-log-odds-ratio, rung-2-cluster-log-ratio, rung-2-log-ratio,
          rung-3-difference, rung-3-log-odds-ratio, rung-3-cluster-difference, rung-4-difference, rung-2-cluster-difference-arm3,
          rung-2-log-odds-ratio-arm3, marginal-arm3]
        methods:
        {{string.Concat(methods.Select(method => $"  - {method}\n"))}}
        """,
        "study.yaml");

    /// <summary>One replicate, counted from 0, of the first scenario.</summary>
    public static Replicate Replicate(Study study, int number = 0)
    {
        using var thread = new SimulationThread(study, []);
        return thread.Draw(0, number);
    }

    /// <summary>What the study's only method says about a replicate.</summary>
    public static EffectEstimate Estimate(Study study, Replicate replicate) => study.Methods[0].Estimate(replicate);

    /// <summary>The replicate as a table that was read from its CSV.</summary>
    public static Dataset Data(Replicate replicate) => DatasetReader.Read("replicate.csv", Encoding.UTF8.GetBytes(replicate.Csv));

    /// <summary>The frame that a command makes of the replicate's CSV.</summary>
    public static ModelFrame Frame(Replicate replicate, string formula, string? cluster = "cluster", string? wave = null) =>
        ModelFrameBuilder.Build(
            Data(replicate), new FrameRequest { Formula = FormulaParser.Parse(formula), Cluster = cluster, Wave = wave });

    public static void Same(double expected, double actual, double tolerance = 1e-10) =>
        Assert.InRange(Math.Abs(actual - expected), 0, tolerance * (Math.Abs(expected) + 1e-3));
}
