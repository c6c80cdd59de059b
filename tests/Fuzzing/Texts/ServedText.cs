using System.Text;

namespace MarginalConditional.Fuzzing.Texts;

/// <summary>What a client may say to <c>margcond serve</c>: one to four lines, most of them requests with a part of them spoiled.</summary>
internal static class ServedText
{
    private const string Table =
        "{\"csv\": \"id,y,x,arm\\n1,0,2,A\\n1,1,3,A\\n2,1,4,B\\n2,0,6,B\\n3,1,1,A\\n4,1,5,B\\n5,0,1,A\\n6,1,2,B\\n\"}";

    private const string Typed = "{\"json\": {\"datasetJSONVersion\": \"1.1.0\", \"records\": 2, \"name\": \"T\", \"label\": \"t\", "
        + "\"itemGroupOID\": \"IG.T\", \"columns\": [{\"itemOID\": \"IT.y\", \"name\": \"y\", \"label\": \"y\", \"dataType\": \"float\"}, "
        + "{\"itemOID\": \"IT.g\", \"name\": \"g\", \"label\": \"g\", \"dataType\": \"string\"}], \"rows\": [[1, \"a\"], [2, \"b\"]]}}";

    private static readonly string[] Good =
    [
        $"{{\"id\": 1, \"tables\": {{\"t\": {Table}}}, \"arguments\": [\"gee\", \"t\", \"y ~ arm\", \"--cluster\", \"id\", \"--corr\", "
            + "\"independence\", \"--format\", \"json\", \"--threads\", \"1\"]}",
        $"{{\"id\": \"a\", \"tables\": {{\"t\": {Table}}}, \"arguments\": [\"describe\", \"t\", \"y ~ x\", \"--cluster\", \"id\"]}}",
        $"{{\"tables\": {{\"t\": {Table}, \"u\": null}}, \"arguments\": [\"lmm\", \"t\", \"x ~ arm + (1 | id)\", \"--format\", \"csv\", "
            + "\"--threads\", \"1\"]}",
        $"{{\"id\": 2, \"tables\": {{\"t\": {Typed}}}, \"arguments\": [\"describe\", \"t\", \"--format\", \"json\"]}}",
        "{\"id\": 3, \"tables\": {\"t\": {\"base64\": \"eSx4CjEsMgoyLDMKMyw1Cg==\"}}, \"arguments\": [\"describe\", \"t\"]}",
        "{\"id\": 4, \"arguments\": [\"plan\", \"--control\", \"0.3\", \"--treatment\", \"0.5\", \"--size\", \"20\", \"--rho\", \"0.05\", "
            + "\"--format\", \"json\"]}",
        "{\"id\": 5, \"arguments\": [\"help\"]}",
        "{\"id\": 6, \"arguments\": [\"describe\", \"t\", \"--format=json\"]}",
        "{\"id\": null, \"tables\": {\"t\": null}, \"arguments\": [\"--version\"]}",
        "{\"id\": 7, \"arguments\": [\"serve\"]}",
        "{\"id\": 8, \"arguments\": []}",
    ];

    private static readonly string[] Others = ["", " \t\r", "{}", "[]", "1", "nonsense", "{\"id\": 1", "\"\\ud800\"", "{\"\\udfff\": 1}"];

    /// <summary>The bytes of a conversation.</summary>
    public static byte[] Make(Draws draws)
    {
        var bytes = new List<byte>();
        for (var count = draws.Between(1, 5); count > 0; count--)
        {
            bytes.AddRange(draws.OneIn(6) ? Encoding.UTF8.GetBytes(draws.Pick(Others)) : JsonNoise.Of(draws.Pick(Good), draws));
            if (count > 1 || draws.OneIn(2))
            {
                bytes.Add((byte)'\n');
            }
        }

        return [.. bytes];
    }
}
