<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     The front page of the exceptions: by time, class, rule and owner.
  INPUT       <decision-groups>
  OUTPUT      d/index.html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>

  <xsl:variable name="entry" select="'decision-groups'"/>

  <xsl:template match="/e:decision-groups"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:decision-groups" mode="headline">
    <h1><xsl:call-template name="label"><xsl:with-param name="id" select="'heading.decision-groups'"/></xsl:call-template></h1>
    <p class="lead">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'lead.decision-groups'"/>
        <xsl:with-param name="n" select="@exceptions"/>
        <xsl:with-param name="a">
          <xsl:call-template name="number"><xsl:with-param name="n" select="@exceptions"/></xsl:call-template>
        </xsl:with-param>
        <xsl:with-param name="b">
          <xsl:call-template name="number"><xsl:with-param name="n" select="@judged"/></xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
    </p>
  </xsl:template>

  <xsl:template match="e:decision-groups" mode="body">
    <xsl:choose>
      <xsl:when test="@exceptions &gt; 0 or e:group/e:entry">
        <xsl:if test="@days-page">
          <p class="more">
            <a href="{$up}{@days-page}">
              <xsl:call-template name="label"><xsl:with-param name="id" select="'exceptions.days'"/></xsl:call-template>
            </a>
          </p>
        </xsl:if>
        <xsl:apply-templates select="e:group" mode="body"/>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'exceptions'"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
    <p class="more">
      <a href="{$up}d/sample.html">
        <xsl:call-template name="label"><xsl:with-param name="id" select="'exceptions.sample'"/></xsl:call-template>
      </a>
    </p>
  </xsl:template>

  <xsl:template match="e:group" mode="body">
    <section id="by-{@by}">
      <h2><xsl:call-template name="label"><xsl:with-param name="id" select="concat('section.by-', @by)"/></xsl:call-template></h2>
      <xsl:choose>
        <xsl:when test="e:entry">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="concat('groups-', @by)"/>
            <xsl:with-param name="rows" select="e:entry"/>
          </xsl:call-template>
          <xsl:apply-templates select="." mode="shown"/>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'group'"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <xsl:template match="e:entry" mode="row">
    <tr>
      <th scope="row"><a href="{$up}{@page}"><xsl:apply-templates select="." mode="name"/></a></th>
      <td class="n">
        <xsl:call-template name="amount">
          <xsl:with-param name="n" select="@n"/>
          <xsl:with-param name="of" select="@of"/>
          <xsl:with-param name="page" select="@page"/>
        </xsl:call-template>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="e:entry" mode="name"><bdi class="id"><xsl:value-of select="@title"/></bdi></xsl:template>
  <xsl:template match="e:group[@by = 'time']/e:entry" mode="name"><bdi><xsl:value-of select="@title"/></bdi></xsl:template>
  <xsl:template match="e:entry[@title = 'none']" mode="name" priority="2">
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="concat('group.', ../@by, '.none')"/>
      <xsl:with-param name="default" select="string(@title)"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template match="e:group[@by = 'class']/e:entry" mode="name">
    <xsl:call-template name="word">
      <xsl:with-param name="kind" select="'class'"/>
      <xsl:with-param name="value" select="@title"/>
    </xsl:call-template>
    <xsl:text> </xsl:text>
    <code><xsl:value-of select="@title"/></code>
  </xsl:template>

</xsl:stylesheet>
