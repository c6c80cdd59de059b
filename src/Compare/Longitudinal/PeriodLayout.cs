namespace MarginalConditional.Compare.Longitudinal;

/// <summary>Where the sums and the means of a trial by period stand in their vectors: a block a kind of weight and period.</summary>
/// <param name="Periods">J, the periods compared.</param>
/// <param name="Arms">A.</param>
internal sealed record PeriodLayout(int Periods, int Arms)
{
    /// <summary>A cell counts as its rows.</summary>
    public const int Persons = 0;

    /// <summary>A cell counts as its share of its cluster's rows.</summary>
    public const int Shares = 1;

    /// <summary>A cell counts as 1.</summary>
    public const int Cells = 2;

    /// <summary>The kinds of weights of a cell.</summary>
    public const int Kinds = 3;

    private const int PerArm = 4;

    /// <summary>The number of sums.</summary>
    public int Sums => Kinds * Periods * Block;

    /// <summary>The number of means: each estimand and arm without and with the model.</summary>
    public int Means => PeriodEstimand.All.Count * Arms * 2;

    private int Block => 1 + (PerArm * Arms);

    /// <summary>Σw, the weights of a period's cells.</summary>
    public int Weight(int kind, int period) => ((kind * Periods) + period) * Block;

    /// <summary>Σw m̄(a), the predicted means.</summary>
    public int Predicted(int kind, int period, int arm) => Weight(kind, period) + 1 + (PerArm * arm);

    /// <summary>Σw 1{arm a}.</summary>
    public int Given(int kind, int period, int arm) => Predicted(kind, period, arm) + 1;

    /// <summary>Σw 1{arm a}(ȳ − m̄(a)).</summary>
    public int Residual(int kind, int period, int arm) => Predicted(kind, period, arm) + 2;

    /// <summary>Σw 1{arm a} ȳ.</summary>
    public int Observed(int kind, int period, int arm) => Predicted(kind, period, arm) + 3;

    /// <summary>The mean of an estimand under an arm.</summary>
    /// <param name="estimand">Its position among the four.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="augmented">Whether the model's predictions help.</param>
    public int Mean(int estimand, int arm, bool augmented) => (((estimand * Arms) + arm) * 2) + (augmented ? 1 : 0);
}
