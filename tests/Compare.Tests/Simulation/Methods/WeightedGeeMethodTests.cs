using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Dropout;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Simulation.Methods;

public sealed class WeightedGeeMethodTests
{
    private const string Trial = "design: longitudinal, clusters: 150, cluster-size: 4, outcome: continuous, sigma: 1, effect: 0.3";
    private const string Dropout = Trial + ", missingness: dropout, missing-share: 0.4, missing-previous: 1";

    [Theory]
    [InlineData("gee: {staying: '~ y + wave'}", "row", "independence")]
    [InlineData("gee: {staying: y * treatment + wave, staying-weights: cluster}", "cluster", "exchangeable")]
    public void Equations_weighted_for_dropout_are_the_commands(string method, string weighting, string correlation)
    {
        var study = Drawn.Study(Dropout, method);
        var replicate = Drawn.Replicate(study);
        var data = Drawn.Data(replicate);
        var request = new FrameRequest { Formula = FormulaParser.Parse("y ~ treatment * time"), Cluster = "cluster", Wave = "wave" };
        var outcome = ModelFrameBuilder.Build(data, request);
        var staying = ModelFrameBuilder.Build(
            StayingData.AddTo(data, outcome), request with { Formula = ((WeightedGeeEstimator)study.Methods[0]).Staying });
        var fit = DropoutFit.Create(
            outcome,
            staying,
            new GeeOptions
            {
                Family = Family.Gaussian,
                Correlation = correlation == "independence" ? WorkingCorrelation.Independence : WorkingCorrelation.Exchangeable,
                Threads = 1,
            },
            DropoutWeighting.All.Single(own => own.Name == weighting));
        var row = fit.CoefficientTable()["treatment:time"];
        var estimate = Drawn.Estimate(study, replicate);
        Assert.True(estimate.IsUsable);
        Drawn.Same(row.Estimate, estimate.Value);
        Drawn.Same(row.StandardError, estimate.StandardError);
    }

    [Fact]
    public void Without_dropout_all_weights_are_one()
    {
        var study = Drawn.Study(Trial, "gee: {staying: y}", "gee: {name: plain, correlation: independence}");
        var replicate = Drawn.Replicate(study);
        Drawn.Same(study.Methods[1].Estimate(replicate).Value, study.Methods[0].Estimate(replicate).Value);
        Drawn.Same(study.Methods[1].Estimate(replicate).StandardError, study.Methods[0].Estimate(replicate).StandardError);
    }

    [Fact]
    public void Weights_take_the_bias_of_dropout_away()
    {
        var study = Drawn.Study(
            Dropout + ", trend: 0.4, missing-treated: 1",
            "gee: {name: plain, correlation: independence, estimand: conditional}",
            "gee: {name: weighted, staying: '~ y + treatment + wave', estimand: conditional}") with
        { Replicates = 60 };
        var rows = SimulationRunner.Run(study, new SimulationOptions()).Scenarios[0].Performance;
        Assert.True(Math.Abs(rows[0].Mean.Value - 0.3) > 4 * rows[0].Mean.MonteCarloError);
        Assert.InRange(Math.Abs(rows[1].Mean.Value - 0.3), 0, 4 * rows[1].Mean.MonteCarloError);
    }

    [Theory]
    [InlineData("gee: {staying: y, correlation: ar1}", "Weights of rows need correlation: independence.")]
    [InlineData("gee: {staying: y, se: mancl-derouen}", "account for the weights")]
    [InlineData("gee: {staying: '~ y +'}", "The formula ends where a column")]
    public void What_is_wrong_is_said(string method, string part) => Assert.Contains(
        part, Assert.Throws<InputException>(() => Drawn.Study(Trial, method)).Message, StringComparison.Ordinal);
}
