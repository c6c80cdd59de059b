namespace MarginalConditional.Properties.Laws;

/// <summary>An estimator breaks a law: the message holds the smallest counterexample and the line that tries it again.</summary>
public sealed class LawBrokenException : Exception
{
    /// <summary>Says what is broken.</summary>
    public LawBrokenException(string message)
        : base(message)
    {
    }
}
