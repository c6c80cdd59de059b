namespace MarginalConditional.Data.Formulas;

/// <summary>What <c>a / b</c> on the left side of a formula means; the family of the outcome decides.</summary>
public enum RatioMeaning
{
    /// <summary>Events out of trials: a proportion whose row counts as many times as it has trials.</summary>
    Proportion,

    /// <summary>Events in a time or an area at risk: a count with the offset log(b).</summary>
    Rate,

    /// <summary>The quotient of two numbers, every row counting once.</summary>
    Quotient,
}
