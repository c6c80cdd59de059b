using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Data;
using MarginalConditional.Data.Tables;
using MarginalConditional.Meta;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Exact;
using MarginalConditional.Meta.Heterogeneity;
using MarginalConditional.Meta.Pooling;

namespace MarginalConditional.Compare.Tests.Simulation.Methods;

public sealed class MetaMethodTests
{
    private const string Trials = "design: meta-analysis, clusters: 12, cluster-size: 'poisson(60)', sigma: 0.6, treatment-sigma: 0.3, "
        + "effect: 0.5";

    [Theory]
    [InlineData("meta", "OR", "REML", "wald", "conditional")]
    [InlineData("meta: {method: DL, ci: hartung-knapp}", "OR", "DL", "hartung-knapp", "conditional")]
    [InlineData("meta: {measure: RD, method: PM}", "RD", "PM", "wald", "rung-2-cluster-difference")]
    [InlineData("meta: {measure: RR}", "RR", "REML", "wald", "rung-0-cluster-log-ratio")]
    public void Studies_are_combined_as_the_command_combines_them(
        string method, string measure, string estimator, string interval, string target)
    {
        var study = Drawn.Study(Trials, method);
        var replicate = Drawn.Replicate(study);
        var counted = (StudyMeasure.CountMeasure)StudyMeasure.All.Single(own => own.Code == measure);
        var fit = MetaAnalysis.Fit(Counts(replicate).Effects(counted, new ZeroCells()), new MetaAnalysisOptions
        {
            Estimator = HeterogeneityEstimator.All.Single(own => own.Code == estimator),
            Interval = MeanInterval.All.Single(own => own.Code == interval),
        });
        Same(fit, Drawn.Estimate(study, replicate));
        Assert.Equal(target, study.Methods[0].Target.Name);
    }

    [Fact]
    public void The_exact_model_is_the_commands()
    {
        var study = Drawn.Study(Trials, "meta: {method: exact}");
        var replicate = Drawn.Replicate(study);
        Same(ExactMetaAnalysis.Fit(Counts(replicate), new MetaAnalysisOptions(), threads: 1), Drawn.Estimate(study, replicate));
    }

    [Fact]
    public void Means_of_studies_are_combined_by_hand()
    {
        var study = Drawn.Study(Trials + ", outcome: continuous", "meta: {method: FE}");
        var replicate = Drawn.Replicate(study);
        var (sum, weights) = (0.0, 0.0);
        var frame = replicate.Frame;
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            var rows = Enumerable.Range(frame.Clusters.Start(c), frame.Clusters.Size(c)).ToArray();
            var (one, two) = (Arm(frame.Design.Column(1).ToArray(), 1), Arm(frame.Design.Column(1).ToArray(), 0));
            var weight = 1 / ((Variance(one) / one.Length) + (Variance(two) / two.Length));
            sum += weight * (one.Average() - two.Average());
            weights += weight;

            double[] Arm(double[] treated, double value) =>
                [.. rows.Where(row => treated[row] == value).Select(row => frame.Response[row])];
        }

        var estimate = Drawn.Estimate(study, replicate);
        Drawn.Same(sum / weights, estimate.Value);
        Drawn.Same(1 / Math.Sqrt(weights), estimate.StandardError);
    }

    [Theory]
    [InlineData("meta: {method: exact, ci: hartung-knapp}", "no ci to choose")]
    [InlineData("meta: {adjust: covariates}", "compares the arms of each study as they are")]
    [InlineData("meta: {method: REMLE}", "Did you mean \"REML\"?")]
    public void What_is_wrong_is_said(string method, string part) => Assert.Contains(
        part, Assert.Throws<InputException>(() => Drawn.Study(Trials, method)).Message, StringComparison.Ordinal);

    [Fact]
    public void Clusters_of_one_arm_are_no_studies()
    {
        var study = Drawn.Study("clusters: 10, cluster-size: 8, effect: 1, sigma: 0.5", "meta");
        Assert.Contains(
            "no studies to combine",
            Assert.Throws<InvalidOperationException>(() => Drawn.Estimate(study, Drawn.Replicate(study))).Message,
            StringComparison.Ordinal);
    }

    private static double Variance(double[] values) =>
        values.Sum(value => (value - values.Average()) * (value - values.Average())) / (values.Length - 1);

    /// <summary>Counted from the CSV, row by row.</summary>
    private static StudyCounts Counts(Replicate replicate)
    {
        var counts = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var line in replicate.Csv.TrimEnd('\n').Split('\n').Skip(1).Select(text => text.Split(',')))
        {
            counts.TryAdd(line[0], new double[4]);
            counts[line[0]][(line[2] == "1" ? 0 : 2) + (line[3] == "1" ? 0 : 1)]++;
        }

        string[] names = ["a", "b", "c", "d"];
        return StudyCounts.Read(
            new Dataset("trials", [.. names.Select((name, k) => new NumericColumn(name, [.. counts.Values.Select(row => row[k])]))]),
            ("a", "b"),
            ("c", "d"),
            []);
    }

    private static void Same(MetaAnalysisFit expected, EffectEstimate actual)
    {
        Drawn.Same(expected.Estimate, actual.Value);
        Drawn.Same(expected.StandardError, actual.StandardError);
        Assert.Equal(expected.DegreesOfFreedom ?? double.PositiveInfinity, actual.DegreesOfFreedom);
        Assert.True(actual.IsUsable);
    }
}
