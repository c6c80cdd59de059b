using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Predictions;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Predictions;

/// <summary>
/// Predictions against lme4 1.1.31 under R 4.2.2, whose errors are Henderson's equations solved in R, and <see cref="NestedPosterior"/> and
/// <see cref="CrossedPosterior"/> against the same in dense matrices: with c the covariance of a row's effects with the data, the mean has
/// the variance zDz − cᵀV⁻¹c + (x − XᵀV⁻¹c)ᵀ(XᵀV⁻¹X)⁻¹(x − XᵀV⁻¹c).
/// </summary>
public sealed class LmmPredictionTests
{
    /// <summary>Subject 308 and a subject nobody saw, on day 12: lme4's predict and Henderson's errors.</summary>
    [Fact]
    public void Sleepstudy_agrees_with_lme4()
    {
        var fit = LmmFitter.Fit(LmmGolden.Frame("sleepstudy", "Reaction ~ Days + (Days | Subject)"), new LmmOptions());
        var rows = Rows(fit, "Days,Subject\n12,308\n12,999\n");
        var predictions = LmmPrediction.Of(LmmReference.Normal.Of(fit), rows);
        Near(489.6587965, predictions[0].Mean);
        Near(20.061225862, predictions[0].MeanError);
        Near(32.5175766524, predictions[0].PredictionError);
        Near(377.012536364, predictions[1].Mean);
        Near(18.8635110145, predictions[1].MeanError);
        Near(83.08853657, predictions[1].PredictionError);
        Near(83.08853657, predictions[0].NewError);
        Near(377.012536364, predictions[0].Population);
    }

    [Theory]
    [InlineData("sleepstudy", "Reaction ~ Days + (Days | Subject)", "Days,Subject\n12,308\n3,372\n5,new\n")]
    [InlineData("sleepstudy", "Reaction ~ Days + (Days || Subject)", "Days,Subject\n0,308\n")]
    [InlineData("pastes", "strength ~ 1 + (1 | batch/cask)", "batch,cask\nA,a\nC,b\nC,z\nZ,a\n")]
    [InlineData("penicillin", "diameter ~ 1 + (1 | plate) + (1 | sample)", "plate,sample\na,A\nb,F\nzz,C\nd,zz\n")]
    public void Errors_equal_those_of_dense_matrices(string data, string formula, string text)
    {
        var fit = LmmFitter.Fit(LmmGolden.Frame(data, formula), new LmmOptions());
        var rows = Rows(fit, text);
        var predictions = LmmPrediction.Of(LmmReference.Normal.Of(fit), rows);
        Assert.Contains(rows.SelectMany(row => row.Groups), group => group >= 0);
        for (var i = 0; i < rows.Count; i++)
        {
            var (mean, error) = Dense(fit, rows[i]);
            Assert.Equal(1, predictions[i].Mean / mean, 1e-8);
            Assert.Equal(1, predictions[i].MeanError / error, 1e-6);
        }
    }

    /// <summary>The fitted rows are rows like others, and a residual structure changes the errors as it should.</summary>
    [Theory]
    [InlineData("random")]
    [InlineData("ar1")]
    public void Fitted_rows_equal_those_of_dense_matrices(string kind)
    {
        var frame = LinearFrames.Longitudinal(33, 20, 6, slope: false, random: true);
        var fit = LmmFitter.Fit(frame, new LmmOptions
        {
            Residual = kind == "ar1" ? Lmm.Residual.ResidualStructure.FirstOrderAutoregression : Lmm.Residual.ResidualStructure.Identity,
        });
        var predictions = LmmPrediction.Of(LmmReference.Normal.Of(fit));
        foreach (var row in new[] { 0, 7, frame.Rows - 1 })
        {
            var (mean, error) = Dense(fit, NewRow.Of(frame, row));
            Assert.Equal(1, predictions[row].Mean / mean, 1e-7);
            Assert.Equal(1, predictions[row].MeanError / error, 1e-5);
        }
    }

    /// <summary>
    /// What a new outcome adds to the error of its mean is the outcome's own variance, the diagonal of the dense covariance: a row's weight
    /// and the variance of its wave and of its subject's group are in it.
    /// </summary>
    [Theory]
    [InlineData("identity", true, null)]
    [InlineData("ar1", true, null)]
    [InlineData("cs", false, null)]
    [InlineData("cs", false, "group")]
    [InlineData("diag", true, null)]
    [InlineData("diag", false, null)]
    [InlineData("diag", false, "group")]
    [InlineData("un", false, null)]
    public void New_outcomes_have_the_variance_of_their_weight_wave_and_group(string kind, bool random, string? by)
    {
        var frame = LinearFrames.Longitudinal(34, 25, 5, slope: false, random: random);
        var weighted = new ModelFrame(frame.Design, frame.Response.ToArray(), frame.Clusters)
        {
            Waves = frame.Waves,
            WaveValues = frame.WaveValues,
            WaveLabels = frame.WaveLabels,
            RandomTerms = frame.RandomTerms,
            Weights = [.. Enumerable.Range(0, frame.Rows).Select(row => 0.5 + (row % 4))],
            AuxiliaryColumns = [new NumericColumn("group", frame.Design.Column(1).ToArray())],
        };
        Assert.True(Lmm.Residual.ResidualStructure.TryParse(kind, out var structure));
        var fit = LmmFitter.Fit(weighted, new LmmOptions { Residual = structure, ResidualBy = by });
        var (v, predictions) = (DenseLikelihood.Covariance(fit), LmmPrediction.Of(LmmReference.Normal.Of(fit)));
        for (var row = 0; row < frame.Rows; row++)
        {
            var own = fit.RandomEffects.Sum(effect => effect.Covariance[0]);
            Assert.Equal(1, (Squared(predictions[row].NewError) - Squared(predictions[row].PopulationError)) / v[row, row], 1e-9);
            Assert.Equal(1, (Squared(predictions[row].PredictionError) - Squared(predictions[row].MeanError)) / (v[row, row] - own), 1e-9);
        }

        static double Squared(double error) => error * error;
    }

    /// <summary>Of hundreds of waves no matrix is shown: the variance of a subject's group is known all the same.</summary>
    [Fact]
    public void New_outcomes_have_the_variance_of_their_group_where_no_matrix_of_waves_is_shown()
    {
        const int waves = 420, subjects = 20, own = 42;
        var numbers = new Numbers(38);
        int[] subject = [.. Enumerable.Range(0, subjects * own).Select(row => row / own)];
        double[] group = [.. subject.Select(one => (double)(one % 2))];
        double[] y = [.. group.Select(one => numbers.Normal() * (one == 0 ? 1 : 3))];
        double[] ones = [.. y.Select(_ => 1.0)];
        var frame = new ModelFrame(
            new Data.Coding.DesignMatrix(y.Length, ["(Intercept)"], ones, ["(Intercept)"]),
            y,
            new Data.Rows.Clusters("id", [.. Enumerable.Range(0, subjects + 1).Select(one => one * own)], LinearFrames.Label))
        {
            Waves = [.. subject.Select((_, row) => row % waves)],
            WaveLabels = [.. Enumerable.Range(0, waves).Select(LinearFrames.Label)],
            AuxiliaryColumns = [new NumericColumn("group", group)],
        };
        var fit = LmmFitter.Fit(frame, new LmmOptions
        {
            ResidualBy = "group",
        });
        Assert.All(fit.ResidualCovariances, one => Assert.Empty(one.Waves));
        var predictions = LmmPrediction.Of(LmmReference.Normal.Of(fit));
        for (var row = 0; row < y.Length; row++)
        {
            var variance = fit.ResidualCovariances[(int)group[row]].Parameters[0];
            Assert.Equal(group[row] == 0 ? 1 : 9, variance, group[row] == 0 ? 0.3 : 2.7);
            Assert.Equal(variance + (predictions[row].MeanError * predictions[row].MeanError),
                predictions[row].PredictionError * predictions[row].PredictionError, 1e-9);
        }
    }

    /// <summary>A new row has no wave: its outcome has an error where all waves have one variance, and none where they differ.</summary>
    [Theory]
    [InlineData("identity", true)]
    [InlineData("cs", true)]
    [InlineData("ar1", true)]
    [InlineData("diag", false)]
    [InlineData("un", false)]
    public void Outcomes_without_a_wave_have_an_error_where_waves_have_one_variance(string kind, bool known)
    {
        var frame = LinearFrames.Longitudinal(36, 25, 4, slope: false, random: false);
        Assert.True(Lmm.Residual.ResidualStructure.TryParse(kind, out var structure));
        var inference = LmmReference.Normal.Of(LmmFitter.Fit(frame, new LmmOptions { Residual = structure }));
        var (fitted, unknown) = (LmmPrediction.Of(inference), LmmPrediction.Of(inference, [NewRow.Of(frame, 0), NewRow.Of(frame, 1)]));
        for (var row = 0; row < unknown.Count; row++)
        {
            Assert.Equal(fitted[row] with { PredictionError = 0, PredictionLower = 0, PredictionUpper = 0, NewError = 0 },
                unknown[row] with { PredictionError = 0, PredictionLower = 0, PredictionUpper = 0, NewError = 0 });
            Assert.Equal(known ? fitted[row].PredictionError : double.NaN, unknown[row].PredictionError);
            Assert.Equal(known ? fitted[row].NewError : double.NaN, unknown[row].NewError);
            Assert.True(fitted[row].NewError > fitted[row].PopulationError);
        }
    }

    /// <summary>Variances that differ do so in any unit: in one of a million times the size every error is a millionth.</summary>
    [Theory]
    [InlineData("identity")]
    [InlineData("cs")]
    [InlineData("diag")]
    public void Errors_have_the_unit_of_the_outcome(string kind)
    {
        const double Unit = 1.0 / (1 << 20);
        var frame = LinearFrames.Longitudinal(37, 25, 4, slope: false, random: false);
        var small = new ModelFrame(frame.Design, [.. frame.Response.ToArray().Select(y => Unit * y)], frame.Clusters)
        {
            Waves = frame.Waves,
            WaveValues = frame.WaveValues,
            WaveLabels = frame.WaveLabels,
        };
        Assert.True(Lmm.Residual.ResidualStructure.TryParse(kind, out var structure));
        IReadOnlyList<LmmPrediction> Of(ModelFrame own)
        {
            var inference = LmmReference.Normal.Of(LmmFitter.Fit(own, new LmmOptions { Residual = structure }));
            var unknown = LmmPrediction.Of(inference, [NewRow.Of(own, 0)])[0];
            Assert.Equal(kind == "diag", double.IsNaN(unknown.NewError));
            return LmmPrediction.Of(inference);
        }

        foreach (var (one, other) in Of(frame).Zip(Of(small)))
        {
            Assert.Equal(1, other.PredictionError / (Unit * one.PredictionError), 1e-6);
            Assert.Equal(1, other.NewError / (Unit * one.NewError), 1e-6);
        }
    }

    /// <summary>A known part of the outcome moves means and limits by itself; errors are those of the rest.</summary>
    [Fact]
    public void An_offset_moves_what_is_predicted_and_no_error()
    {
        var frame = LinearFrames.Longitudinal(35, 20, 5, slope: false, random: true);
        double[] known = [.. Enumerable.Range(0, frame.Rows).Select(row => 3.5 * (row % 3))];
        var moved = new ModelFrame(frame.Design, [.. frame.Response.ToArray().Zip(known, (y, o) => y + o)], frame.Clusters)
        {
            Waves = frame.Waves,
            WaveValues = frame.WaveValues,
            WaveLabels = frame.WaveLabels,
            RandomTerms = frame.RandomTerms,
            Offset = known,
        };
        var without = LmmPrediction.Of(LmmReference.Satterthwaite.Of(LmmFitter.Fit(frame, new LmmOptions())));
        var with = LmmPrediction.Of(LmmReference.Satterthwaite.Of(LmmFitter.Fit(moved, new LmmOptions())));
        for (var row = 0; row < frame.Rows; row++)
        {
            var (own, other) = (Numbers(with[row]), Numbers(without[row]));
            for (var k = 0; k < own.Length; k++)
            {
                Assert.Equal(other[k] + (k < 8 ? known[row] : 0), own[k], 1e-6);
            }
        }

        static double[] Numbers(LmmPrediction one) =>
        [
            one.Mean, one.Lower, one.Upper, one.PredictionLower, one.PredictionUpper,
            one.Population, one.PopulationLower, one.PopulationUpper,
            one.MeanError, one.PredictionError, one.PopulationError, one.NewError,
        ];
    }

    [Fact]
    public void A_group_in_another_group_than_it_was_is_refused()
    {
        var frame = LmmGolden.Frame("pastes", "strength ~ 1 + (1 | batch) + (1 | sample)");
        var fit = LmmFitter.Fit(frame, new LmmOptions());
        var exception = Assert.Throws<InputException>(() =>
            LmmPrediction.Of(LmmReference.Normal.Of(fit), Rows(fit, "batch,sample\nB,A:a\n")));
        Assert.Contains("lies in batch A", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_with_a_missing_predictor_have_no_numbers_and_unknown_levels_are_refused()
    {
        var fit = LmmFitter.Fit(LmmGolden.Frame("dietox", "Weight ~ Cu + log(Time) + (1 | Pig)"), new LmmOptions());
        var predictions = LmmPrediction.Of(LmmReference.Normal.Of(fit), Rows(fit, "Cu,Time,Pig\nCu000,NA,4601\nCu000,3,\n"));
        Assert.True(double.IsNaN(predictions[0].Mean));
        Assert.Equal(predictions[1].Population, predictions[1].Mean);
        var exception = Assert.Throws<InputException>(() => Rows(fit, "Cu,Time,Pig\nCu001,3,4601\n"));
        Assert.Equal(2, exception.Line);
        Assert.Contains("no level \"Cu001\" of Cu", exception.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<NewRow> Rows(LmmFit fit, string text)
    {
        var (columns, texts) = NewRows.ColumnsOf(fit.Frame);
        return NewRows.Of(fit.Frame, DatasetReader.Read(
            "new.csv", System.Text.Encoding.UTF8.GetBytes(text), new DatasetReaderOptions { Columns = columns, Factors = texts }));
    }

    private static (double Mean, double Error) Dense(LmmFit fit, NewRow row)
    {
        var frame = fit.Frame;
        var v = Covariance(fit).Inverse();
        var x = DenseLikelihood.Design(frame);
        var own = Vector<double>.Build.DenseOfArray(row.Fixed);
        var c = Vector<double>.Build.Dense(frame.Rows);
        var spread = 0.0;
        for (var t = 0; t < frame.RandomTerms.Count; t++)
        {
            var term = frame.RandomTerms[t];
            var d = Matrix<double>.Build.DenseOfRowMajor(term.Dimension, term.Dimension, fit.RandomEffects[t].Covariance.ToArray());
            var z = Vector<double>.Build.DenseOfArray(row.Effects[t]);
            if (row.Groups[t] < 0)
            {
                continue;
            }

            spread += z * d * z;
            for (var i = 0; i < frame.Rows; i++)
            {
                if (term.Groups[i] == row.Groups[t])
                {
                    var other = Vector<double>.Build.Dense(term.Dimension, a => term.Column(a)[i]);
                    c[i] += z * d * other;
                }
            }
        }

        var phi = (x.Transpose() * v * x).Inverse();
        var beta = Vector<double>.Build.DenseOfArray(fit.Coefficients.ToArray());
        var residual = Vector<double>.Build.DenseOfArray(frame.Response.ToArray()) - (x * beta);
        var gradient = own - (x.Transpose() * v * c);
        return ((own * beta) + (c * v * residual), Math.Sqrt(spread - (c * v * c) + (gradient * phi * gradient)));
    }

    private static Matrix<double> Covariance(LmmFit fit)
    {
        if (fit.ResidualCovariances.Count > 0)
        {
            return DenseLikelihood.Covariance(fit);
        }

        var v = fit.ResidualVariance * Matrix<double>.Build.DenseIdentity(fit.Frame.Rows);
        for (var t = 0; t < fit.Frame.RandomTerms.Count; t++)
        {
            var z = DenseLikelihood.RandomDesign(fit.Frame, t);
            v += z * DenseLikelihood.RandomCovariance(fit, t) * z.Transpose();
        }

        return v;
    }

    private static void Near(double expected, double actual) => Assert.Equal(1, actual / expected, 2e-5);
}
