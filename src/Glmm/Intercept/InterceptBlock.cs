using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Quadrature;

namespace MarginalConditional.Glmm.Intercept;

/// <summary>
/// The rows of the clusters that are integrated at once, one cluster in each lane: η_i = Δ_i + b, with the derivatives of Δ, and σ.
/// </summary>
internal sealed class InterceptBlock
{
    private readonly ClusterLanes lanes;
    private readonly Vector256<double>[] constants;
    private int start;

    /// <summary>Makes room for the largest cluster.</summary>
    /// <param name="lanes">All clusters.</param>
    /// <param name="columns">p.</param>
    /// <param name="density">Family and link.</param>
    /// <param name="law">The law of the intercept.</param>
    /// <param name="isMarginal">Whether Δ is a function of xβ and σ; else it is xβ.</param>
    /// <param name="maximumRows">The rows of the largest cluster.</param>
    public InterceptBlock(
        ClusterLanes lanes, int columns, ConditionalDensity density, InterceptLaw law, bool isMarginal, int maximumRows)
    {
        this.lanes = lanes;
        Columns = columns;
        Density = density;
        Law = law;
        IsMarginal = isMarginal;
        MaximumRows = maximumRows;
        constants = new Vector256<double>[law.ConstantCount];
        Predictor = new Vector256<double>[maximumRows];
        Slope = new Vector256<double>[maximumRows];
        Curvature = new Vector256<double>[maximumRows];
        SpreadSlope = new Vector256<double>[maximumRows];
        MixedSlope = new Vector256<double>[maximumRows];
        SpreadCurvature = new Vector256<double>[maximumRows];
        Slope.AsSpan().Fill(Vector256<double>.One);
    }

    /// <summary>p.</summary>
    public int Columns { get; }

    /// <summary>Family and link.</summary>
    public ConditionalDensity Density { get; }

    /// <summary>The law of the intercept.</summary>
    public InterceptLaw Law { get; }

    /// <summary>Whether Δ is a function of xβ and σ; else its slope is 1 and its other derivatives are 0.</summary>
    public bool IsMarginal { get; }

    /// <summary>The most rows that it can take.</summary>
    public int MaximumRows { get; }

    /// <summary>The rows loaded.</summary>
    public int Rows { get; private set; }

    /// <summary>Δ of each row, for the caller to fill; so the others.</summary>
    public Vector256<double>[] Predictor { get; }

    /// <summary>Δ_m.</summary>
    public Vector256<double>[] Slope { get; }

    /// <summary>Δ_mm.</summary>
    public Vector256<double>[] Curvature { get; }

    /// <summary>Δ_σ.</summary>
    public Vector256<double>[] SpreadSlope { get; }

    /// <summary>Δ_mσ.</summary>
    public Vector256<double>[] MixedSlope { get; }

    /// <summary>Δ_σσ.</summary>
    public Vector256<double>[] SpreadCurvature { get; }

    /// <summary>What the law needs of σ.</summary>
    public ReadOnlySpan<Vector256<double>> Constants => constants;

    /// <summary>Responses.</summary>
    public ReadOnlySpan<Vector256<double>> Response => lanes.Response.AsSpan(start, Rows);

    /// <summary>Weights; 0 where a lane has no such row.</summary>
    public ReadOnlySpan<Vector256<double>> Weight => lanes.Weight.AsSpan(start, Rows);

    /// <summary>x, rows×p.</summary>
    public ReadOnlySpan<Vector256<double>> Design => lanes.Design.AsSpan(start * Columns, Rows * Columns);

    /// <summary>Takes the rows of a block.</summary>
    /// <param name="block">Its index.</param>
    /// <param name="groupConstants">What the law needs of σ, by group.</param>
    /// <param name="groups">The group of each lane's cluster.</param>
    public void Load(int block, ReadOnlySpan<double> groupConstants, ReadOnlySpan<int> groups)
    {
        start = lanes.RowOffsets[block];
        Rows = lanes.RowOffsets[block + 1] - start;
        for (var c = 0; c < constants.Length; c++)
        {
            var values = Vector256.Create(groupConstants[c]);
            for (var lane = 0; groupConstants.Length > constants.Length && lane < groups.Length; lane++)
            {
                values = values.WithElement(lane, groupConstants[(groups[lane] * constants.Length) + c]);
            }

            constants[c] = values;
        }
    }
}
