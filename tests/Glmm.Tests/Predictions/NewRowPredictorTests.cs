using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm.Predictions;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Predictions;

/// <summary>
/// <see cref="NewRowPredictor"/>: rows that were fitted, read again as new ones, have the numbers of the fitted rows; others agree with
/// glmmTMB (Laplace, errors of all parameters) under R 4.2.2.
/// </summary>
public sealed class NewRowPredictorTests
{
    [Theory]
    [InlineData("toenail", "y ~ treatment * time + (1 | patientID)", 7)]
    [InlineData("slope_binary", "y ~ arm * t + (t | id)", 5)]
    [InlineData("contraception", "use ~ age + urban + (1 | district)", 5)]
    [InlineData("salamander", "Mate ~ Cross + (1 | Female) + (1 | Male)", 1)]
    [InlineData("rater_site", "event ~ x + (1 | site) + (1 | rater)", 1)]
    public void Fitted_rows_read_as_new_ones_have_the_same_predictions(string data, string formula, int nodes)
    {
        var fit = Fit(data, formula, nodes);
        var read = DatasetReader.Read(ReferenceFiles.Data(data));
        var fresh = GlmmPrediction.Of(fit, NewRows.Of(fit.Frame, read));
        var fitted = GlmmPrediction.Of(fit);
        for (var i = 0; i < fitted.Count; i += Math.Max(1, fitted.Count / 40))
        {
            var (expected, actual) = (fitted[i], fresh[fit.Frame.DataRow(i) - 1]);
            Assert.Equal(expected.Predictor, actual.Predictor, 1e-7);
            Assert.Equal(1, actual.PredictorError / expected.PredictorError, 1e-6);
            Assert.Equal(expected.Marginal, actual.Marginal, 1e-12);
            Assert.Equal(1, actual.MarginalError / expected.MarginalError, 1e-9);
            Assert.Equal(actual.PredictorError, actual.PredictionError);
        }
    }

    /// <summary>
    /// Herds 1, 7 and one nobody saw: −.808512 (.378330), −1.637810 (.439992), −2.390865; the new herd's own predictor .713255, of which
    /// the fixed part is .310214.
    /// </summary>
    [Fact]
    public void Without_a_covariance_predictions_have_no_errors()
    {
        var frame = SyntheticFrames.Make(3, Family.Binomial, [12]);
        var options = new GlmmOptions { Family = Family.Binomial, Nodes = 5 };
        var (with, without) = (GlmmFitter.Fit(frame, options), GlmmFitter.Fit(frame, options with { ComputeCovariance = false }));
        foreach (var (one, other) in GlmmPrediction.Of(with).Zip(GlmmPrediction.Of(without)))
        {
            Assert.Equal(one.Mean, other.Mean, 1e-12);
            Assert.True(one.PredictorError > 0);
            Assert.All(
                new[] { other.PredictorError, other.MeanError, other.Lower, other.Upper },
                value => Assert.True(double.IsNaN(value)));
        }
    }

    [Fact]
    public void Herds_agree_with_glmmTMB()
    {
        var fit = GlmmFitter.Fit(
            ModelFrameBuilder.Build(DatasetReader.Read(ReferenceFiles.Data("cbpp")), new FrameRequest
            {
                Formula = FormulaParser.Parse("incidence / size ~ period + (1 | herd)"),
                Factors = ["period"],
            }),
            new GlmmOptions { Family = Family.Binomial, Nodes = 1 });
        var rows = Rows(fit, "period,herd\n1,1\n3,7\n2,99\n");
        var predictions = GlmmPrediction.Of(fit, rows);
        double[] expected = [-0.8085122655, -1.637809578, -2.390864759];
        double[] errors = [0.3783301285, 0.4399922524, 0.3102139779];
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(expected[i], predictions[i].Predictor, 2e-4);
            Assert.Equal(1, predictions[i].PredictorError / errors[i], 2e-3);
        }

        Assert.Equal(0.7132550509, predictions[2].PredictionError, 1e-3);
        Assert.True(predictions[2].Marginal > predictions[2].Mean);
    }

    /// <summary>Without the column of groups every row is one of the population.</summary>
    [Fact]
    public void Rows_without_groups_are_the_populations()
    {
        var fit = Fit("toenail", "y ~ treatment * time + (1 | patientID)", 7);
        var predictions = GlmmPrediction.Of(fit, Rows(fit, "treatment,time\nterbinafine,2\nterbinafine,NA\n"));
        Assert.Equal(fit.Link.Mean(predictions[0].Predictor), predictions[0].Mean);
        Assert.True(predictions[0].PredictionError > 3);
        Assert.True(double.IsNaN(predictions[1].Predictor));
    }

    [Fact]
    public void Rows_may_share_the_coarser_group_alone()
    {
        var frame = ModelFrameBuilder.Build(DatasetReader.Read(ReferenceFiles.Data("pastes")), new FrameRequest
        {
            Formula = FormulaParser.Parse("strength ~ 1 + (1 | batch/cask)"),
        });
        var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Gaussian, Nodes = 1 });
        var predictions = GlmmPrediction.Of(fit, Rows(fit, "batch,cask\nA,a\nA,zz\nZZ,a\n"));
        Assert.Equal(predictions[0].PredictorError, predictions[0].PredictionError);
        Assert.True(predictions[1].PredictionError > predictions[1].PredictorError);
        Assert.True(predictions[2].PredictionError > predictions[2].PredictorError);
    }

    private static GlmmFit Fit(string data, string formula, int nodes) => GlmmFitter.Fit(
        ModelFrameBuilder.Build(
            DatasetReader.Read(ReferenceFiles.Data(data)),
            new FrameRequest { Formula = FormulaParser.Parse(formula) }),
        new GlmmOptions { Family = Family.Binomial, Nodes = nodes });

    private static IReadOnlyList<NewRow> Rows(GlmmFit fit, string text)
    {
        var (columns, texts) = NewRows.ColumnsOf(fit.Frame);
        return NewRows.Of(fit.Frame, DatasetReader.Read(
            "new.csv", System.Text.Encoding.UTF8.GetBytes(text), new DatasetReaderOptions { Columns = columns, Factors = texts }));
    }
}
