using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Gee.Fitting;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Gee.Stacking;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Tests.Fitting;

/// <summary>Ordered outcomes start from the thresholds of their shares: the logits of the shares of rows up to each category.</summary>
public sealed class ThresholdStartTests
{
    [Fact]
    public void Thresholds_of_the_shares_take_one_pass()
    {
        var frame = OrdinalSample.Create(51, 2);
        var (start, state) = Start(frame);
        Assert.True(start.Initialize(state));
        Assert.Equal(1, state.Passes);
        for (var k = 0; k < 2; k++)
        {
            var share = frame.Response.ToArray().Count(outcome => outcome <= k) / (double)frame.Rows;
            Assert.Equal(Math.Log(share / (1 - share)), state.Beta[k], 1e-9);
        }

        Assert.All(state.Beta[2..], effect => Assert.Equal(0, effect, 1e-9));
    }

    [Fact]
    public void Columns_that_repeat_each_other_have_no_start()
    {
        var frame = OrdinalSample.Create(51, 2);
        double[] x = [.. frame.Design.Column(2)];
        string[] names = ["(Intercept)", "x", "again"];
        double[] values = [.. frame.Design.Column(0), .. x, .. x];
        var (start, state) = Start(new ModelFrame(
            new DesignMatrix(frame.Rows, names, values, names), frame.Response.ToArray(), frame.Clusters)
        { Categories = frame.Categories, Waves = frame.Waves, WaveValues = frame.WaveValues });
        Assert.False(start.Initialize(state));
        Assert.Equal(ConvergenceStatus.NotFinite, state.Status);
        Assert.Equal("No starting value gives every category a probability; check the scale of the covariates.", state.Message);
    }

    private static (IndependenceStart Start, IterationState State) Start(ModelFrame frame)
    {
        var options = new OrdinalGeeOptions { Correlation = WorkingCorrelation.Independence }.OfIndicators(2);
        var data = new GeeData(IndicatorFrame.Of(frame, ["1|2", "2|3"], []), options);
        var pass = new EstimatingPass(data, WorkingCorrelation.Independence.CreateKernel(data.CorrelationInput), threads: 1);
        return (
            new IndependenceStart(data, pass, new NewtonStep(data.Coefficients), options),
            new IterationState(data.Coefficients));
    }
}
