using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.NormalMeans;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Standardization;

/// <summary>
/// Sums over clusters of what their rows are predicted to be under some settings, and the estimates that are functions of the sums:
/// θ = F(Σ_c s_c(ψ)).
/// </summary>
internal abstract class ClusterSums : ModelFunction
{
    private readonly ArmSetting[] settings;
    private readonly PredictedRows[] rows;
    private readonly TransformedMean?[] transforms;
    private readonly MarginalMean? integral;

    /// <summary>Keeps the model, the trial and the settings.</summary>
    /// <param name="model">The working model.</param>
    /// <param name="trial">The rows observed.</param>
    /// <param name="settings">What the rows are set to.</param>
    /// <param name="transforms">Transforms of which the means over the random effects are needed too.</param>
    protected ClusterSums(
        WorkingModel model, TrialRows trial, IReadOnlyList<ArmSetting> settings, IReadOnlyList<TransformedMean?> transforms)
        : base(model, trial)
    {
        this.settings = [.. settings];
        this.transforms = [.. transforms];
        rows = [.. settings.Select(setting => setting.Rows(model))];
        integral = MarginalMean.Exists(model.Link) ? MarginalMean.For(model.Link) : null;
    }

    /// <inheritdoc/>
    /// <remarks>All clusters together, so that integrals are shared by their rows.</remarks>
    public override void OfEach(ReadOnlySpan<double> changes, Span<double> sums)
    {
        sums.Clear();
        var points = new RowPoints(Trial.Outcomes.Length);
        var parameters = Model.Parameters.ToArray();
        for (var s = 0; s < rows.Length; s++)
        {
            for (var c = 0; c < Clusters.Count; c++)
            {
                CancellationScope.Check();
                if (!changes.IsEmpty)
                {
                    Model.Parameters.CopyTo(parameters);
                    var change = changes.Slice(c * parameters.Length, parameters.Length);
                    if (!change.Contains(double.NaN))
                    {
                        Dense.AddScaled(-1, change, parameters);
                    }
                }

                var (start, size) = (Clusters.Start(c), Clusters.Size(c));
                rows[s].Predict(parameters, start, points.Predictor.Slice(start, size), points.Spread.Slice(start, size));
            }

            points.Evaluate(Model.Link, integral, transforms);
            for (var c = 0; c < Clusters.Count; c++)
            {
                CancellationScope.Check();
                Add(points, 0, s, c, -1, sums.Slice(c * Count, Count));
            }
        }

        for (var c = 0; c < Clusters.Count; c++)
        {
            CancellationScope.Check();
            AddSizes(c, -1, sums.Slice(c * Count, Count));
        }
    }

    /// <inheritdoc/>
    public override void Without(ReadOnlySpan<double> parameters, int leftOut, Span<double> sums)
    {
        sums.Clear();
        var points = new RowPoints(Trial.Outcomes.Length);
        for (var s = 0; s < rows.Length; s++)
        {
            rows[s].Predict(parameters, 0, points.Predictor, points.Spread);
            points.Evaluate(Model.Link, integral, transforms);
            for (var c = 0; c < Clusters.Count; c++)
            {
                CancellationScope.Check();
                if (c != leftOut)
                {
                    Add(points, 0, s, c, leftOut, sums);
                }
            }
        }

        for (var c = 0; c < Clusters.Count; c++)
        {
            CancellationScope.Check();
            if (c != leftOut)
            {
                AddSizes(c, leftOut, sums);
            }
        }
    }

    /// <inheritdoc/>
    public override void Slopes(Span<double> slopes)
    {
        slopes.Clear();
        var points = new RowPoints(Trial.Outcomes.Length);
        for (var s = 0; s < rows.Length; s++)
        {
            rows[s].Predict(Model.Parameters, 0, points.Predictor, points.Spread);
            points.EvaluateWithSlopes(Model.Link, integral, transforms);
            AddSlopes(points, s, slopes);
        }
    }

    /// <summary>The arm of a setting.</summary>
    protected int Arm(int setting) => settings[setting].Arm;

    /// <summary>Adds one cluster's rows under one setting.</summary>
    /// <param name="points">The predictions.</param>
    /// <param name="first">The row of the frame that the first of them is about.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="leftOut">The cluster that the sums leave out; −1 for none.</param>
    /// <param name="sums">Added to.</param>
    protected abstract void Add(RowPoints points, int first, int setting, int cluster, int leftOut, Span<double> sums);

    /// <summary>Adds what depends on no setting.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="leftOut">The cluster that the sums leave out; −1 for none.</param>
    /// <param name="sums">Added to.</param>
    protected abstract void AddSizes(int cluster, int leftOut, Span<double> sums);

    /// <summary>Adds the slopes of the sums of one setting over all clusters.</summary>
    /// <param name="points">The predictions of all rows at ψ̂.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="slopes">Added to, by rows.</param>
    protected abstract void AddSlopes(RowPoints points, int setting, Span<double> slopes);

    /// <summary>Adds Σ_j share_j·∂f(m_j)/∂ψ to the slopes of one sum.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="predictorSlopes">∂f/∂η times the share, n values.</param>
    /// <param name="spreadSlopes">∂f/∂τ times the share, n values.</param>
    /// <param name="sum">The sum's position.</param>
    /// <param name="slopes">The slopes of all sums.</param>
    protected void AddSlope(
        int setting, ReadOnlySpan<double> predictorSlopes, ReadOnlySpan<double> spreadSlopes, int sum, Span<double> slopes)
    {
        var m = Model.Parameters.Length;
        rows[setting].AddGradient(predictorSlopes, spreadSlopes, slopes.Slice(sum * m, m));
    }
}
