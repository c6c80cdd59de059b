using System.Numerics.Tensors;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Gee.Fitting;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee;

/// <summary>A fitted marginal model. Immutable; what costs a further pass over the data is computed when first asked for.</summary>
public sealed class GeeFit
{
    private readonly double[] coefficients;
    private readonly double[] scores;
    private readonly double[] bread;
    private readonly double[] information;
    private readonly Lazy<double[]> clusterInformations;
    private readonly Dictionary<GeeVariance, double[]> covariances = [];

    internal GeeFit(
        GeeData data,
        BlockEvaluator evaluator,
        EstimatingPass pass,
        CorrelationKernel kernel,
        GeeOptions options,
        IterationState state,
        double scale,
        double[] alpha,
        string? repaired)
    {
        Data = data;
        Kernel = kernel;
        Options = options;
        coefficients = state.Beta;
        clusterInformations = new Lazy<double[]>(new ClusterTerms(data, evaluator, kernel, coefficients, scale, options.Threads).Informations);
        scores = new double[data.Frame.Clusters.Count * data.Coefficients];
        pass.Run(coefficients, scores);
        (information, bread) = Invert(pass.Information, scale);
        TensorPrimitives.Divide(scores, scale, scores);
        if ((state.Status == ConvergenceStatus.NotFinite && double.IsNaN(bread[0])) || (state.Status == ConvergenceStatus.NotPositiveDefinite && !kernel.IsEstimated))
        {
            // Where the equations have no value the last coefficients are no estimates, and must not look like them.
            (coefficients, alpha, scale) = ([.. coefficients.Select(_ => double.NaN)], [.. alpha.Select(_ => double.NaN)], double.NaN);
        }

        Scale = scale;
        Correlation = new CorrelationEstimate(options.Correlation, alpha);
        var status = state.Status == ConvergenceStatus.Converged && repaired is not null ? ConvergenceStatus.Boundary : state.Status;
        Convergence = new Convergence(status, state.Passes, state.Criterion, options.Tolerance, state.Message);
        Warnings = FitWarnings.Collect(this, kernel, repaired);
    }

    /// <summary>The rows fitted.</summary>
    public ModelFrame Frame => Data.Frame;

    /// <summary>What was fitted and how.</summary>
    public GeeOptions Options { get; }

    /// <summary>β̂, p values (link scale), in the order of the design's columns. NaN when the equations have no finite value.</summary>
    public ReadOnlySpan<double> Coefficients => coefficients;

    /// <summary>φ̂, or the fixed scale.</summary>
    public double Scale { get; }

    /// <summary>The working correlation.</summary>
    public CorrelationEstimate Correlation { get; }

    /// <summary>U_c = D_cᵀV_c⁻¹(y_c − μ_c) for each cluster, K×p by rows; they add up to 0 at the solution.</summary>
    public ReadOnlySpan<double> ClusterScores => scores;

    /// <summary>M⁻¹ with M = Σ D_cᵀV_c⁻¹D_c, p×p; the influence of a cluster is M⁻¹U_c. NaN when M is singular.</summary>
    public ReadOnlySpan<double> Bread => bread;

    /// <summary>M = Σ D_cᵀV_c⁻¹D_c, p×p.</summary>
    public ReadOnlySpan<double> Information => information;

    /// <summary>D_cᵀV_c⁻¹D_c for each cluster, K matrices p×p; computed when first asked for.</summary>
    public ReadOnlySpan<double> ClusterInformations => clusterInformations.Value;

    /// <summary>How the iteration ended. Its criterion is the largest scaled score |U_j| / √M_jj.</summary>
    public Convergence Convergence { get; }

    /// <summary>What the reader should know, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    internal GeeData Data { get; }

    internal CorrelationKernel Kernel { get; }

    /// <summary>The covariance matrix of β̂ by one estimator, p×p. Computed once for each estimator.</summary>
    public ReadOnlySpan<double> Covariance(GeeVariance variance)
    {
        ArgumentNullException.ThrowIfNull(variance);
        lock (covariances)
        {
            if (!covariances.TryGetValue(variance, out var covariance))
            {
                covariance = variance.Compute(this);
                covariances.Add(variance, covariance);
            }

            return covariance;
        }
    }

    /// <summary>The covariance matrix of β̂ by the estimator of the options, p×p.</summary>
    public ReadOnlySpan<double> Covariance() => Covariance(Options.Variance);

    /// <summary>φ_c, the influence of each cluster on β̂, K×p by rows: M⁻¹U_c, with the scores corrected as by Mancl and DeRouen, Kauermann and Carroll, or Fay and Graubard.</summary>
    /// <param name="variance">The estimator in force; those that do not correct scores give M⁻¹U_c.</param>
    public double[] ClusterInfluences(GeeVariance variance)
    {
        ArgumentNullException.ThrowIfNull(variance);
        return variance.Influences(this);
    }

    /// <summary>The standard errors of β̂ by one estimator, p values.</summary>
    public double[] StandardErrors(GeeVariance variance)
    {
        var covariance = Covariance(variance);
        var errors = new double[coefficients.Length];
        for (var j = 0; j < errors.Length; j++)
        {
            errors[j] = Math.Sqrt(covariance[(j * errors.Length) + j]);
        }

        return errors;
    }

    /// <summary>Estimates with standard errors, tests and intervals by the variance, degrees of freedom and level of the options.</summary>
    public CoefficientTable CoefficientTable() =>
        new(Frame.Design.Names, coefficients, StandardErrors(Options.Variance), DegreesOfFreedom() ?? [], Options.Level);

    /// <summary>Estimate, test and interval of a linear combination of the coefficients.</summary>
    public Coefficient Test(Contrast contrast)
    {
        ArgumentNullException.ThrowIfNull(contrast);
        return contrast.Test(coefficients, Covariance(), DegreesOfFreedom(contrast.Weights), Options.Level);
    }

    /// <summary>The degrees of freedom of each coefficient's t test; null means a normal reference.</summary>
    public double[]? DegreesOfFreedom() => Options.DegreesOfFreedom.ForCoefficients(this);

    /// <summary>The degrees of freedom for a contrast lᵀβ; null means a normal reference.</summary>
    /// <param name="contrast">l, p values.</param>
    public double? DegreesOfFreedom(ReadOnlySpan<double> contrast) => Options.DegreesOfFreedom.ForContrast(this, contrast);

    private static (double[] Information, double[] Inverse) Invert(ReadOnlySpan<double> lower, double scale)
    {
        var p = (int)Math.Sqrt(lower.Length);
        var full = new double[p * p];
        TensorPrimitives.Divide(lower, scale, full);
        Dense.MirrorLower(full, p);
        var inverse = new double[p * p];
        if (!Cholesky.TryInvert(full, p, new double[p * p], inverse))
        {
            Array.Fill(inverse, double.NaN);
        }

        return (full, inverse);
    }
}
