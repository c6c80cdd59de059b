namespace MarginalConditional.Properties.Estimators;

/// <summary>What an estimator does about few clusters.</summary>
public enum SmallSample
{
    /// <summary>Nothing: two copies of the data halve its variances exactly.</summary>
    None,

    /// <summary>Somewhere it divides by n − p or K − p, or multiplies by K/(K − 1): two copies halve variances up to that.</summary>
    Divisor,

    /// <summary>It corrects by leverages, as Mancl and DeRouen do: nothing exact is known of two copies.</summary>
    Leverage,
}
