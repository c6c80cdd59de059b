namespace MarginalConditional.Mixed;

/// <summary>
/// How often the profiles of one fit may evaluate its likelihood: where a profile is flat, rough or without maxima, the search for a limit
/// would go on for ever, and the next one, too.
/// </summary>
public sealed class ProfileBudget
{
    private readonly int perLimit;
    private int total;
    private int left;

    /// <summary>Opens a budget.</summary>
    /// <param name="perLimit">Evaluations that the search for one limit may take, at least 1.</param>
    /// <param name="total">Evaluations that all searches together may take, at least 1.</param>
    public ProfileBudget(int perLimit, int total)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perLimit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(total, 1);
        (this.perLimit, this.total, left) = (perLimit, total, perLimit);
    }

    /// <summary>A budget without bounds.</summary>
    public static ProfileBudget Unbounded() => new(int.MaxValue, int.MaxValue);

    /// <summary>Whether an evaluation was refused since the search began.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>
    /// Whether a search has met a log-likelihood above that of the fit: there is no maximum to fall from, and nothing is left for any.
    /// </summary>
    public bool IsOvertaken { get; private set; }

    /// <summary>Whether nothing is left for any search.</summary>
    public bool IsEmpty => total <= 0;

    /// <summary>Begins the search for another limit.</summary>
    public void Begin() => (left, IsSpent) = (perLimit, IsOvertaken);

    /// <summary>Ends all searches, as one has met a log-likelihood above that of the fit.</summary>
    public void Overtake() => (IsOvertaken, IsSpent, total) = (true, true, 0);

    /// <summary>
    /// An interval as it is to be shown when all searches have ended: without limits where the fit is not at its maximum.
    /// </summary>
    /// <param name="interval">What a search has found.</param>
    public ProfileInterval Settle(ProfileInterval interval)
    {
        ArgumentNullException.ThrowIfNull(interval);
        return IsOvertaken
            ? interval with
            {
                Lower = double.NaN,
                Upper = double.NaN,
                LowerIsEdge = false,
                UpperIsEdge = false,
                RanOut = false,
                Overtaken = true,
            }
            : interval;
    }

    /// <summary>Takes one evaluation.</summary>
    /// <returns>False when none is left: the search has to end.</returns>
    public bool TryTake()
    {
        if (left <= 0 || total <= 0)
        {
            IsSpent = true;
            return false;
        }

        left--;
        total--;
        return true;
    }
}
