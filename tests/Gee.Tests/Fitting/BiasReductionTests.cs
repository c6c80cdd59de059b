using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Tests.Fitting;

/// <summary>Penalized and bias-corrected equations against n×n matrices and differences: the twins of CurvatureSums.</summary>
public class BiasReductionTests
{
    public static TheoryData<string, string, string> Models => new()
    {
        { "binomial", "logit", "exchangeable" },
        { "binomial", "probit", "ar1" },
        { "binomial", "cloglog", "independence" },
        { "poisson", "log", "ar1" },
        { "gamma", "log", "exchangeable" },
        { "gaussian", "identity", "exchangeable" },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Penalized_score_is_zero_with_the_penalty_by_differences(string family, string link, string structure)
    {
        var fit = Fit(family, link, structure, BiasReduction.Firth, weighted: true);
        var (beta, step) = (fit.Coefficients.ToArray(), 1e-5);
        var information = At(fit, structure, beta).Information;
        var score = Total(At(fit, structure, beta).Scores);
        for (var j = 0; j < beta.Length; j++)
        {
            var penalty = (LogDeterminant(Moved(beta, j, step)) - LogDeterminant(Moved(beta, j, -step))) / (4 * step);
            Assert.InRange(Math.Abs(score[j] + penalty) / Math.Sqrt(information[j, j]), 0, 1e-7);
        }

        double LogDeterminant(double[] at) => LogDet(At(fit, structure, at).Information);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Corrected_estimate_is_the_solution_less_its_bias_by_definition(string family, string link, string structure)
    {
        var solution = Fit(family, link, structure, BiasReduction.None);
        var corrected = Fit(family, link, structure, BiasReduction.Corrected);
        var information = At(solution, structure, solution.Coefficients.ToArray()).Information;
        var bias = Matrices.Multiply(Matrices.Inverse(information), Bias(solution, structure));
        Assert.Equal(solution.Scale, corrected.Scale);
        for (var j = 0; j < bias.Length; j++)
        {
            Assert.Equal(solution.Coefficients[j] - bias[j, 0], corrected.Coefficients[j], 1e-6 * (1 + Math.Abs(bias[j, 0])));
        }
    }

    [Fact]
    public void Two_by_two_table_with_an_empty_cell_has_a_half_added_to_each_cell()
    {
        // Firth 1993: in a saturated logistic model the penalty is half an observation in each cell.
        double[] arm = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
        double[] y = [1, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1];
        var frame = Frame(arm, y, [.. Enumerable.Range(0, arm.Length + 1)]);
        var options = new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Independence, FixedScale = 1 };
        Assert.Equal(ConvergenceStatus.Separation, GeeFitter.Fit(frame, options).Convergence.Status);
        var fit = GeeFitter.Fit(frame, options with { BiasReduction = BiasReduction.Firth });
        Assert.True(fit.Convergence.Converged);
        Assert.Equal(Math.Log(3.5 / 4.5), fit.Coefficients[0], 1e-8);
        Assert.Equal(Math.Log(6.5 / 0.5) - Math.Log(3.5 / 4.5), fit.Coefficients[1], 1e-8);
    }

    [Fact]
    public void Separated_outcomes_have_finite_estimates_whatever_the_correlation()
    {
        foreach (var structure in new[] { "independence", "exchangeable", "ar1" })
        {
            for (var seed = 1; seed <= 20; seed++)
            {
                var sample = ClusteredSample.Create(seed, Family.Binomial, clusters: 16);
                var frame = sample.Frame;
                var response = frame.Response.ToArray();
                for (var row = 0; row < response.Length; row++)
                {
                    response[row] = frame.Design.Column(1)[row] > 0 ? 1 : response[row];
                }

                var separated = new ModelFrame(frame.Design, response, frame.Clusters) { Waves = frame.Waves };
                var correlation = Correlation(structure);
                var options = new GeeOptions { Family = Family.Binomial, Correlation = correlation, RepairCorrelation = true };
                Assert.NotNull(GeeFitter.Fit(separated, options).Separated);
                var fit = GeeFitter.Fit(separated, options with { BiasReduction = BiasReduction.Firth });
                Assert.True(fit.Convergence.Converged, $"{structure} {seed}: {fit.Convergence.Message}");
                Assert.Null(fit.Separated);
                Assert.InRange(fit.Coefficients[1], 0.5, 20);
            }
        }
    }

    // Residuals of 0 let an estimated scale fall to 0, and φ times the penalty with it: then nothing is left that bounds the estimates.
    [Fact]
    public void Complete_separation_leaves_no_penalty_unless_the_scale_is_fixed()
    {
        var sample = ClusteredSample.Create(1, Family.Binomial, clusters: 16);
        var frame = sample.Frame;
        var response = Enumerable.Range(0, frame.Rows).Select(row => frame.Design.Column(1)[row] > 0 ? 1.0 : 0).ToArray();
        var separated = new ModelFrame(frame.Design, response, frame.Clusters) { Waves = frame.Waves };
        var options = new GeeOptions { Family = Family.Binomial, BiasReduction = BiasReduction.Firth };
        var free = GeeFitter.Fit(separated, options);
        Assert.Equal(ConvergenceStatus.Separation, free.Convergence.Status);
        Assert.Contains("fix the scale at 1", free.Convergence.Message, StringComparison.Ordinal);
        Assert.Equal(double.PositiveInfinity, free.Coefficients[1]);
        var held = GeeFitter.Fit(separated, options with { FixedScale = 1 });
        Assert.True(held.Convergence.Converged);
        Assert.InRange(held.Coefficients[1], 0.5, 20);
    }

    [Fact]
    public void Gaussian_means_have_no_bias_to_reduce()
    {
        var plain = Fit("gaussian", "identity", "exchangeable", BiasReduction.None);
        foreach (var reduction in new[] { BiasReduction.Firth, BiasReduction.Corrected })
        {
            var fit = Fit("gaussian", "identity", "exchangeable", reduction);
            for (var j = 0; j < plain.Coefficients.Length; j++)
            {
                Assert.Equal(plain.Coefficients[j], fit.Coefficients[j], 1e-8);
            }
        }
    }

    /// <summary>Σ dU_c[d_c] + ½ Σ S_jk E ∂²U/∂β_j∂β_k with derivatives by differences, p×1.</summary>
    private static double[,] Bias(GeeFit fit, string structure)
    {
        var (beta, step) = (fit.Coefficients.ToArray(), 1e-5);
        var p = beta.Length;
        var here = At(fit, structure, beta);
        var inverse = Matrices.Inverse(here.Information);
        var bias = new double[p, 1];
        var (above, below) = (new DenseEquations[p], new DenseEquations[p]);
        for (var u = 0; u < p; u++)
        {
            (above[u], below[u]) = (At(fit, structure, Moved(beta, u, step)), At(fit, structure, Moved(beta, u, -step)));
        }

        var influences = here.Scores.Select(score => Matrices.Multiply(inverse, Column(score))).ToArray();
        for (var c = 0; c < here.Scores.Length; c++)
        {
            var residual = Residual(fit, here, c);
            for (var u = 0; u < p; u++)
            {
                // The derivative of DᵀV⁻¹ at fixed R, and that of D.
                var lever = Slope(above[u].Leverages[c], below[u].Leverages[c], step);
                bias = Matrices.Add(bias, Matrices.Multiply(lever, residual), influences[c][u, 0]);
                var turned = Matrices.Multiply(lever, here.Derivatives(c, beta));
                var bent = Matrices.Multiply(
                    here.Leverages[c],
                    Slope(here.Derivatives(c, Moved(beta, u, step)), here.Derivatives(c, Moved(beta, u, -step)), step));
                var spread = new double[p, 1];
                foreach (var influence in influences)
                {
                    spread = Matrices.Add(spread, influence, influence[u, 0]);
                }

                bias = Matrices.Add(bias, Matrices.Multiply(Matrices.Add(Matrices.Add(turned, turned), bent), spread), -0.5);
            }
        }

        return bias;
    }

    private static double[,] Residual(GeeFit fit, DenseEquations equations, int cluster)
    {
        var (start, size) = (fit.Frame.Clusters.Start(cluster), fit.Frame.Clusters.Size(cluster));
        return Column([.. Enumerable.Range(start, size).Select(row => fit.Frame.Response[row] - equations.Mean(fit.Coefficients, row))]);
    }

    private static double[,] Slope(double[,] above, double[,] below, double step)
    {
        var slope = new double[above.GetLength(0), above.GetLength(1)];
        for (var i = 0; i < slope.GetLength(0); i++)
        {
            for (var j = 0; j < slope.GetLength(1); j++)
            {
                slope[i, j] = (above[i, j] - below[i, j]) / (2 * step);
            }
        }

        return slope;
    }

    private static double[,] Column(double[] values) => Matrices.FromRows(values, 1);

    private static double[] Total(double[][] scores) =>
        [.. Enumerable.Range(0, scores[0].Length).Select(j => scores.Sum(score => score[j]))];

    private static double[] Moved(double[] beta, int j, double step) => [.. beta.Select((value, k) => k == j ? value + step : value)];

    private static double LogDet(double[,] matrix)
    {
        var (n, sum) = (matrix.GetLength(0), 0.0);
        var work = (double[,])matrix.Clone();
        for (var k = 0; k < n; k++)
        {
            sum += Math.Log(work[k, k]);
            for (var i = k + 1; i < n; i++)
            {
                for (var j = k + 1; j < n; j++)
                {
                    work[i, j] -= work[i, k] * work[k, j] / work[k, k];
                }
            }
        }

        return sum;
    }

    private static DenseEquations At(GeeFit fit, string structure, double[] beta) => new(
        fit,
        (j, k) => structure switch
        {
            "exchangeable" => fit.Correlation.Alpha[0],
            "ar1" => Math.Pow(fit.Correlation.Alpha[0], Math.Abs(fit.Frame.Waves[j] - fit.Frame.Waves[k])),
            _ => 0,
        },
        beta);

    private static GeeFit Fit(string family, string link, string structure, BiasReduction reduction, bool weighted = false)
    {
        Assert.True(Family.TryParse(family, out var parsed));
        Assert.True(Link.TryParse(link, out var named));
        var sample = ClusteredSample.Create(12, parsed, named, weighted, clusters: 14);
        var fit = GeeFitter.Fit(sample.Frame, new GeeOptions
        {
            Family = parsed,
            Link = named,
            Correlation = Correlation(structure),
            BiasReduction = reduction,
            Tolerances = new GeeTolerances { Equations = 1e-11 },
        });
        Assert.True(fit.Convergence.Converged, fit.Convergence.Message);
        return fit;
    }

    private static WorkingCorrelation Correlation(string structure) => structure switch
    {
        "exchangeable" => WorkingCorrelation.Exchangeable,
        "ar1" => WorkingCorrelation.Ar1,
        _ => WorkingCorrelation.Independence,
    };

    private static ModelFrame Frame(double[] arm, double[] response, int[] offsets) => new(
        new DesignMatrix(arm.Length, ["(Intercept)", "arm"], [.. arm.Select(_ => 1.0), .. arm], ["(Intercept)", "arm"]),
        response,
        new Clusters("id", offsets, i => $"c{i + 1}"));
}
