using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Optimization;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Hierarchy;

/// <summary>
/// Minus twice the log-likelihood of a linear mixed model, full or restricted,
/// with β and (unless fixed) σ² profiled out, and its exact gradient.
/// </summary>
/// <remarks>
/// ML: N log 2π + log|V| + rᵀV⁻¹r. REML: (N − p) log 2π + log|V| + log|XᵀV⁻¹X| + rᵀV⁻¹r, with V = σ²W(θ). The parameters θ are those
/// of the relative factors of every level, coarsest first, then those of the residual covariance. Bates et al. (2015), equations 30 to 42,
/// write the same function by penalized least squares.
/// </remarks>
internal sealed class LinearMixedLikelihood : IObjective
{
    /// <summary>With at most this many parameters the Hessian is differenced rather than replaced by its expectation.</summary>
    private const int FewParameters = 12;

    /// <summary>A pilot search uses one in this many clusters.</summary>
    private const int PilotShare = 16;

    private readonly LinearMixedData data;
    private readonly ResidualFactors? residual;
    private readonly HierarchySweep? sweep;
    private readonly CrossedSweep? crossed;
    private readonly double[][] lambda;
    private readonly ClusterChunks chunks;
    private readonly SweepWorkspace[] workspaces;
    private readonly double[] moments;
    private readonly double[] adjoint;
    private readonly double? fixedScale;
    private readonly int threads;
    private readonly int[] topOffsets;
    private int activeChunks;

    /// <summary>Allocates the sweep over prepared data.</summary>
    /// <param name="data">The rows, their nesting and their residual covariance.</param>
    /// <param name="restricted">Whether the likelihood is the restricted one.</param>
    /// <param name="fixedScale">σ² when it is known; null to profile it.</param>
    /// <param name="threads">0 for all processors.</param>
    public LinearMixedLikelihood(LinearMixedData data, bool restricted, double? fixedScale, int threads)
    {
        this.data = data;
        this.fixedScale = fixedScale;
        this.threads = threads;
        Restricted = restricted;
        residual = data.Residual is null ? null : new ResidualFactors(data.Residual);
        var root = data.Rows.FixedEffects + 1;
        lambda = [.. data.Hierarchy.Levels.Select(level => new double[level.Dimension * level.Dimension])];
        crossed = data.Hierarchy.Layout is { } layout ? new CrossedSweep(layout, data.Rows, threads) : null;
        sweep = crossed is null ? new HierarchySweep(data, residual) : null;
        topOffsets = data.TopOffsets();
        chunks = new ClusterChunks(topOffsets);
        activeChunks = chunks.Count;
        workspaces = new SweepWorkspace[crossed is null ? chunks.Count : 0];
        for (var k = 0; k < workspaces.Length; k++)
        {
            workspaces[k] = new SweepWorkspace(data.Hierarchy.Levels, root, data.Residual);
        }

        if (sweep is not null)
        {
            chunks.Run(threads, k => sweep.Open(chunks.Start(k), chunks.End(k), workspaces[k].Plain, workspaces[k]));
        }

        moments = new double[root * root];
        adjoint = new double[moments.Length];
        Root = new RootSolution(data.Rows.FixedEffects);
    }

    /// <summary>Whether the likelihood is the restricted one.</summary>
    public bool Restricted { get; }

    /// <summary>Whether σ² is known.</summary>
    public bool ScaleIsFixed => fixedScale is not null;

    /// <inheritdoc/>
    public int Parameters => data.Parameters;

    /// <summary>N, or N − p for the restricted likelihood.</summary>
    public double EffectiveRows => (activeChunks == chunks.Count
        ? data.Rows.Rows
        : topOffsets[chunks.End(activeChunks - 1)]) - (Restricted ? data.Rows.FixedEffects : 0);

    /// <summary>Whether a part of the clusters is worth a search of its own for a good start.</summary>
    public bool AllowsPilot => data.Residual is null && data.RandomParameters > 0 && chunks.Count >= 2 * PilotShare;

    /// <summary>Restricts the likelihood to the first few chunks of clusters, or lifts the restriction.</summary>
    public void UsePilot(bool pilot) => activeChunks = pilot ? chunks.Count / PilotShare : chunks.Count;

    /// <summary>What evaluations may be taken from, beyond which the function is infinite; null without a bound.</summary>
    public ProfileBudget? Budget { get; set; }

    /// <summary>The data.</summary>
    public LinearMixedData Data => data;

    /// <summary>The residual covariance at the last parameters; null for independent residuals of one variance.</summary>
    public ResidualFactors? Residual => residual;

    /// <summary>The sweep's state at the last parameters, of effects that are nested or spread.</summary>
    public HierarchySweep Sweep => sweep!;

    /// <summary>The state of crossed effects at the last parameters; null for nested and spread ones.</summary>
    public CrossedSweep? Crossed => crossed;

    /// <summary>Λ of a level at the last parameters.</summary>
    public ReadOnlySpan<double> Lambda(int level) => lambda[level];

    /// <summary>The generalized least squares at the last parameters.</summary>
    public RootSolution Root { get; }

    /// <summary>σ² at the last parameters.</summary>
    public double Scale { get; private set; }

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient) => Evaluate(theta, fixedScale, gradient);

    /// <summary>The derivative by Ψ of a level (q×q, full) at the last parameters with a gradient.</summary>
    public double[] CovarianceDerivative(int level)
    {
        if (crossed is not null)
        {
            var (rest, own) = (new double[lambda[0].Length], new double[lambda[1].Length]);
            crossed.FillCovarianceDerivative(rest, own);
            return level == 0 ? rest : own;
        }

        var total = new double[data.Hierarchy.Levels[level].Dimension * data.Hierarchy.Levels[level].Dimension];
        foreach (var workspace in workspaces)
        {
            Dense.AddScaled(1, workspace.Derivative(level), total);
        }

        return total;
    }

    /// <summary>The function at a given σ², or at the best one.</summary>
    /// <param name="theta">The parameters.</param>
    /// <param name="scale">σ², or null for the value that maximizes.</param>
    /// <param name="gradient">Receives the derivative by θ (at fixed σ²; the same when σ² is the best); empty to skip.</param>
    /// <returns>Minus twice the log-likelihood; infinite outside the domain.</returns>
    public double Evaluate(ReadOnlySpan<double> theta, double? scale, Span<double> gradient)
    {
        if (Budget is { } budget && !budget.TryTake())
        {
            return double.PositiveInfinity;
        }

        var residualStart = data.RandomParameters;
        SetFactors(theta);
        var logResidual = residual?.Update(theta[residualStart..]) ?? 0;
        if (!double.IsFinite(logResidual))
        {
            return double.PositiveInfinity;
        }

        var logDeterminant = logResidual + Forward();
        if (!Root.Solve(moments) || !double.IsFinite(logDeterminant))
        {
            return double.PositiveInfinity;
        }

        Scale = scale ?? Root.ResidualQuadratic / EffectiveRows;
        if (gradient.Length > 0)
        {
            Backward(gradient);
        }

        var value = (EffectiveRows * (Math.Log(2 * Math.PI) + Math.Log(Scale))) + (Root.ResidualQuadratic / Scale) + logDeterminant
            - data.Rows.LogWeights;
        return Restricted ? value + Root.LogDeterminant + data.Rows.LogBasis : value;
    }

    /// <inheritdoc/>
    public bool TryFillHessian(ReadOnlySpan<double> theta, Span<double> hessian)
    {
        if (data.RandomParameters > 0 || residual is null || Parameters <= FewParameters)
        {
            return false;
        }

        ExpectedInformation.Fill(residual, ScaleIsFixed, hessian);
        return true;
    }

    /// <summary>Sets Λ of every level from the parameters.</summary>
    private void SetFactors(ReadOnlySpan<double> theta)
    {
        sweep?.SetFactors(theta);
        var start = 0;
        for (var level = 0; level < lambda.Length; level++)
        {
            var factor = data.Hierarchy.Levels[level].Factor;
            factor.Fill(theta.Slice(start, factor.Parameters), lambda[level]);
            start += factor.Parameters;
        }
    }

    private double Forward()
    {
        if (crossed is not null)
        {
            return crossed.Forward(lambda[0], lambda[1], moments);
        }

        chunks.Run(threads, chunk =>
        {
            if (chunk >= activeChunks)
            {
                return;
            }

            var workspace = workspaces[chunk];
            workspace.ResetRoot();
            workspace.LogDeterminant = sweep!.Forward(chunks.Start(chunk), chunks.End(chunk), workspace);
        });
        Array.Clear(moments);
        var logDeterminant = 0.0;
        foreach (var workspace in workspaces.AsSpan(0, activeChunks))
        {
            Dense.AddScaled(1, workspace.Root, moments);
            logDeterminant += workspace.LogDeterminant;
        }

        return logDeterminant;
    }

    private void Backward(Span<double> gradient)
    {
        Root.FillAdjoint(Scale, Restricted, adjoint);
        if (crossed is not null)
        {
            FillCrossedGradient(crossed, gradient);
            return;
        }

        chunks.Run(threads, chunk =>
        {
            workspaces[chunk].ResetDerivatives();
            if (chunk >= activeChunks)
            {
                return;
            }

            sweep!.Backward(chunks.Start(chunk), chunks.End(chunk), adjoint, workspaces[chunk]);
        });
        gradient.Clear();
        var start = 0;
        for (var level = 0; level < data.Hierarchy.Levels.Count; level++)
        {
            var factor = data.Hierarchy.Levels[level].Factor;
            factor.Chain(CovarianceDerivative(level), lambda[level], gradient.Slice(start, factor.Parameters));
            start += factor.Parameters;
        }

        if (residual is not null)
        {
            workspaces[0].Residual!.AddLogDeterminants(residual);
            foreach (var workspace in workspaces)
            {
                Dense.AddScaled(1, workspace.Residual!.Gradient, gradient[start..]);
                residual.Chain(workspace.Residual.ByTable, gradient[start..]);
            }
        }
    }

    private void FillCrossedGradient(CrossedSweep effects, Span<double> gradient)
    {
        var slopes = Array.ConvertAll(lambda, factor => new double[factor.Length]);
        effects.Backward(adjoint, slopes[0], slopes[1]);
        var start = 0;
        for (var level = 0; level < slopes.Length; level++)
        {
            var factor = data.Hierarchy.Levels[level].Factor;
            for (var k = 0; k < factor.Parameters; k++)
            {
                gradient[start + k] = slopes[level][(factor.Row(k) * factor.Dimension) + factor.Column(k)];
            }

            start += factor.Parameters;
        }
    }
}
