<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Changes in sentences, as a colleague would tell them: who did what, who approved it, when it took effect.
  INPUT       <change>, <facts> and <version-facts>; the sentences are patterns of the strings file.
  MODES       story     the whole sentence                did       who did what
              approval  who approved it, and when         effect    when it took effect, beside when it was recorded
              ticket    under which ticket                why       what the direction rests on
              noun      a field as the sentence names it  in-words  a value as the sentence says it
  NOTES       Included by parts/changes.xsl; it imports nothing.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <!-- Fields with a sentence of their own; another one is named, and its values stand in the table. -->
  <xsl:variable name="told-fields"
      select="' action priority agent data-class tool min-tokens-in escalate-to allowed-jurisdictions from triggers settings order '"/>

  <xsl:template match="*[@approval]" mode="story">
    <p class="story">
      <xsl:call-template name="say">
        <xsl:with-param name="id">story<xsl:if test="@approved-order = 'after' and not(@approval = 'not-held' or @approval = 'nobody')">.late</xsl:if></xsl:with-param>
        <xsl:with-param name="a"><xsl:apply-templates select="." mode="did"/></xsl:with-param>
        <xsl:with-param name="b"><xsl:apply-templates select="." mode="approval"/></xsl:with-param>
        <xsl:with-param name="c"><xsl:apply-templates select="." mode="effect"/></xsl:with-param>
        <xsl:with-param name="d"><xsl:apply-templates select="." mode="ticket"/></xsl:with-param>
      </xsl:call-template>
    </p>
  </xsl:template>

  <!-- Who did what -->

  <xsl:template match="*" mode="who">
    <xsl:call-template name="label"><xsl:with-param name="id" select="'story.somebody'"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="*[@author]" mode="who"><bdi><xsl:value-of select="@author"/></bdi></xsl:template>

  <xsl:template match="e:change" mode="did">
    <xsl:call-template name="did"><xsl:with-param name="id" select="@kind"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="e:change[@kind = 'created' and e:reason/@kind = 'first-version']" mode="did">
    <xsl:call-template name="did"><xsl:with-param name="id" select="'first'"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="e:change[@kind = 'changed' or @kind = 'reordered']" mode="did">
    <xsl:call-template name="did"><xsl:with-param name="id" select="'fields'"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="e:change[(@kind = 'changed' or @kind = 'reordered') and count(e:field) = 1]" mode="did" priority="1">
    <xsl:call-template name="did">
      <xsl:with-param name="id">
        <xsl:text>field</xsl:text>
        <xsl:choose>
          <xsl:when test="contains($told-fields, concat(' ', e:field/@name, ' '))">.<xsl:value-of select="e:field/@name"/></xsl:when>
          <xsl:otherwise>s</xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="did">
    <xsl:param name="id"/>
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="concat('did.', $id)"/>
      <xsl:with-param name="a"><xsl:apply-templates select="." mode="who"/></xsl:with-param>
      <xsl:with-param name="b"><bdi class="id"><xsl:value-of select="@rule"/></bdi></xsl:with-param>
      <xsl:with-param name="c">
        <xsl:choose>
          <xsl:when test="$id = 'fields'"><xsl:apply-templates select="e:field" mode="noun"/></xsl:when>
          <xsl:when test="@former-rule"><bdi class="id"><xsl:value-of select="@former-rule"/></bdi></xsl:when>
          <xsl:otherwise>
            <xsl:apply-templates select="e:field" mode="in-words"><xsl:with-param name="value" select="string(e:field/@before)"/></xsl:apply-templates>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
      <xsl:with-param name="d">
        <xsl:apply-templates select="e:field" mode="in-words"><xsl:with-param name="value" select="string(e:field/@after)"/></xsl:apply-templates>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- A version that changed one rule is told by that change; another one by how many rules it changed. -->
  <xsl:template match="e:facts | e:version-facts" mode="did">
    <xsl:call-template name="say">
      <xsl:with-param name="id">
        <xsl:text>did.version</xsl:text>
        <xsl:choose>
          <xsl:when test="@readable = 'false' or @readable = '0'">.unreadable</xsl:when>
          <xsl:when test="@first">.first</xsl:when>
          <xsl:when test="@changes = 0">.nothing</xsl:when>
        </xsl:choose>
      </xsl:with-param>
      <xsl:with-param name="n" select="@changes"/>
      <xsl:with-param name="a"><xsl:apply-templates select="." mode="who"/></xsl:with-param>
      <xsl:with-param name="b"><bdi class="id"><xsl:value-of select="@version"/></bdi></xsl:with-param>
      <xsl:with-param name="c" select="format-number(@changes, '#,##0')"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template match="e:version/e:facts[@changes = 1 and ../e:changes/e:change]" mode="did" priority="1">
    <xsl:apply-templates select="../e:changes/e:change" mode="did"/>
  </xsl:template>

  <xsl:template match="e:field" mode="noun">
    <xsl:choose>
      <xsl:when test="position() = 1"/>
      <xsl:when test="position() = last()"><xsl:call-template name="label"><xsl:with-param name="id" select="'list.and'"/></xsl:call-template></xsl:when>
      <xsl:otherwise><xsl:call-template name="label"><xsl:with-param name="id" select="'list.comma'"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="word">
      <xsl:with-param name="kind" select="'noun'"/>
      <xsl:with-param name="value" select="@name"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:field" mode="in-words">
    <xsl:param name="value"/>
    <xsl:choose>
      <xsl:when test="$value = '*'"><xsl:call-template name="label"><xsl:with-param name="id" select="'value.any'"/></xsl:call-template></xsl:when>
      <xsl:when test="$value = ''"><xsl:call-template name="label"><xsl:with-param name="id" select="'value.none'"/></xsl:call-template></xsl:when>
      <xsl:when test="@name = 'min-tokens-in'"><xsl:value-of select="format-number($value, '#,##0')"/></xsl:when>
      <xsl:when test="@name = 'action'">
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="'action'"/>
          <xsl:with-param name="value" select="$value"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><bdi class="id"><xsl:call-template name="listed"><xsl:with-param name="value" select="$value"/></xsl:call-template></bdi></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A list as a policy writes it, with commas; values are short. -->
  <xsl:template name="listed">
    <xsl:param name="value"/>
    <xsl:choose>
      <xsl:when test="contains($value, '|')">
        <xsl:value-of select="substring-before($value, '|')"/>
        <xsl:call-template name="label"><xsl:with-param name="id" select="'list.comma'"/></xsl:call-template>
        <xsl:call-template name="listed"><xsl:with-param name="value" select="substring-after($value, '|')"/></xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$value"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Approval, effect, ticket -->

  <xsl:template match="*[@approval]" mode="approval">
    <xsl:call-template name="say">
      <xsl:with-param name="id">
        <xsl:text>approved.</xsl:text>
        <xsl:value-of select="@approval"/>
        <xsl:if test="@approval = 'others' or @approval = 'author-alone'">.<xsl:value-of select="@approved-order"/></xsl:if>
      </xsl:with-param>
      <xsl:with-param name="a"><bdi><xsl:value-of select="@approvers"/></bdi></xsl:with-param>
      <xsl:with-param name="b" select="string(@approved-date)"/>
      <xsl:with-param name="c">
        <xsl:call-template name="apart">
          <xsl:with-param name="n" select="@approved-apart"/>
          <xsl:with-param name="unit" select="@approved-unit"/>
        </xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="*[@approval]" mode="effect">
    <xsl:call-template name="say">
      <xsl:with-param name="id">
        <xsl:text>took-effect.</xsl:text>
        <xsl:choose>
          <xsl:when test="@never-in-force">never</xsl:when>
          <xsl:otherwise><xsl:value-of select="@effect-order"/></xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
      <xsl:with-param name="a" select="string(@effective-date)"/>
      <xsl:with-param name="b">
        <xsl:call-template name="apart">
          <xsl:with-param name="n" select="@effect-apart"/>
          <xsl:with-param name="unit" select="@effect-unit"/>
        </xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="apart">
    <xsl:param name="n"/>
    <xsl:param name="unit"/>
    <xsl:if test="$unit">
      <xsl:call-template name="say">
        <xsl:with-param name="id">
          <xsl:text>apart.</xsl:text>
          <xsl:choose>
            <xsl:when test="$n = 0">moment</xsl:when>
            <xsl:otherwise><xsl:value-of select="$unit"/></xsl:otherwise>
          </xsl:choose>
        </xsl:with-param>
        <xsl:with-param name="n" select="$n"/>
        <xsl:with-param name="a" select="format-number($n, '#,##0')"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template match="*" mode="ticket">
    <xsl:call-template name="label"><xsl:with-param name="id" select="'story.no-ticket'"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="*[@ticket]" mode="ticket">
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="'story.ticket'"/>
      <xsl:with-param name="a"><bdi class="id"><xsl:value-of select="@ticket"/></bdi></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- What the direction rests on -->

  <xsl:template match="e:change" mode="why">
    <p class="why">
      <xsl:apply-templates select="@direction" mode="badge"/>
      <xsl:if test="e:reason">
        <xsl:text>: </xsl:text>
        <xsl:choose>
          <xsl:when test="e:reason/@direction = 'looser' and e:reason/@direction = 'stricter'">
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'why.both'"/>
              <xsl:with-param name="a"><xsl:apply-templates select="e:reason" mode="why"/></xsl:with-param>
            </xsl:call-template>
          </xsl:when>
          <xsl:otherwise><xsl:apply-templates select="e:reason" mode="why"/></xsl:otherwise>
        </xsl:choose>
        <xsl:text>.</xsl:text>
      </xsl:if>
    </p>
  </xsl:template>

  <xsl:template match="e:reason" mode="why">
    <xsl:if test="position() &gt; 1"><xsl:text>; </xsl:text></xsl:if>
    <!-- Where reasons go different ways, each shows its own. -->
    <xsl:if test="@direction != ../@direction">
      <i aria-hidden="true">
        <xsl:call-template name="label"><xsl:with-param name="id" select="concat('symbol.direction.', @direction)"/></xsl:call-template>
      </i>
      <xsl:text> </xsl:text>
    </xsl:if>
    <xsl:call-template name="label"><xsl:with-param name="id" select="concat('why.', @kind)"/></xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
